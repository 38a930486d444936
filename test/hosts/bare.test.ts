// Hosts that are bare or silent: no bash, so the clock comes from `date`; no answer at all.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHost } from '../../src/hosts/open.ts';
import { childrenOf, masterOn, sshdMissing, startSshd } from './sshd.ts';

describe.skipIf(sshdMissing !== null)(
  `bare and silent hosts${sshdMissing === null ? '' : ` (skipped: ${sshdMissing})`}`,
  () => {
    it('reads the clock of a host without bash', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kha-bare-'));
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      for (const program of ['sh', 'date', 'sleep', 'cat'])
        symlinkSync(
          execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim(),
          join(bin, program),
        );
      const sshd = await startSshd({ config: [`SetEnv PATH=${bin}`] });
      const { master, inventory } = masterOn(sshd);
      const host = openHost(master, inventory, { prompts: null });
      try {
        expect((await host.ask(['sh', '-c', 'command -v bash'])).stdout).toBe('');
        const sample = await host.clock();
        const drift = Date.now() - (performance.timeOrigin + performance.now());
        expect(Math.abs(sample.offsetMs - drift)).toBeLessThan(sample.errorMs + 2);
        const timed = await host.runTimed(['sh', '-c', 'sleep 0.1; echo done; exit 4']);
        expect(timed).toMatchObject({ code: 4, stdout: 'done\n', stderr: '' });
        expect(timed.hostAfterMs - timed.hostBeforeMs).toBeGreaterThanOrEqual(99);
      } finally {
        await host.close();
        await sshd.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('tells what start-up files print from what a command prints', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kha-noisy-'));
      // A login shell of bash reads this before each command.
      writeFileSync(
        join(folder, '.bashrc'),
        'echo "Welcome to the master"; echo "kha-lab-pid- 1" >&2; fortune\n',
      );
      const sshd = await startSshd({ config: [`SetEnv HOME=${folder}`] });
      const { master, inventory } = masterOn(sshd);
      const host = openHost(master, inventory, { prompts: null });
      try {
        for (const way of ['run', 'ask', 'runTimed'] as const) {
          const command = ['sh', '-c', 'echo out; echo err >&2; exit 3'];
          expect(await host[way](command)).toMatchObject({ code: 3, stdout: 'out\n', stderr: 'err\n' });
        }
        const texts: string[] = [];
        for await (const { text } of host.follow(['echo', 'followed'])) texts.push(text);
        expect(texts).toEqual(['followed']);
      } finally {
        await host.close();
        await sshd.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('takes a host for lost when it has been silent for too long', { timeout: 60_000 }, async () => {
      const sshd = await startSshd();
      const { master, inventory } = masterOn(sshd);
      const host = openHost(master, inventory, { prompts: null });
      await host.connect();
      const lost = new Promise<string | null>((resolve) => {
        host.onState((state, detail) => {
          if (state === 'lost') resolve(detail);
        });
      });
      const sessions = childrenOf(sshd.pid);
      for (const pid of sessions) process.kill(pid, 'SIGSTOP');
      try {
        const waiting = host.run(['true'], { timeoutMs: 55_000 }).catch((error: unknown) => error);
        expect(await lost).toContain('silent for 15 s');
        expect(await waiting).toMatchObject({ code: 'connection-lost' });
      } finally {
        for (const pid of sessions) process.kill(pid, 'SIGCONT');
        await host.close();
        await sshd.stop();
      }
    });
  },
);
