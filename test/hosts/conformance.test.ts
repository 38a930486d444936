// What every Host does, whatever carries it: held against a real sshd and this machine.

import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArrivedLine, Followed, Host } from '../../src/hosts/host.ts';
import { openHost } from '../../src/hosts/open.ts';
import type { Inventory } from '../../src/inventory/inventory.ts';
import { masterOn, processesWith, type Sshd, sshdMissing, startSshd, until } from './sshd.ts';

const local: Inventory = {
  source: 'test',
  masters: [],
  knownHostsFile: '/nonexistent',
  strictHostKeyChecking: 'yes',
  sudo: 'auto',
  cluster: { via: 'kubeconfig', kubeconfig: '/nonexistent' },
};

let sshd: Sshd | null = null;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kha-hosts-'));
  if (sshdMissing === null) sshd = await startSshd();
});
afterAll(async () => {
  await sshd?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ways: [string, () => Host][] = [
  [
    'this machine',
    () => openHost({ name: 'here', reach: { via: 'local' }, components: {} }, local, { prompts: null }),
  ],
];
if (sshdMissing === null)
  ways.push([
    'a real sshd',
    () => {
      if (sshd === null) throw new Error('no sshd');
      const { master, inventory } = masterOn(sshd);
      return openHost(master, inventory, { prompts: null });
    },
  ]);
else describe(`a real sshd (skipped: ${sshdMissing})`, () => it.skip(sshdMissing ?? '', () => {}));

async function take(followed: Followed, count: number): Promise<ArrivedLine[]> {
  const lines: ArrivedLine[] = [];
  for await (const line of followed) {
    lines.push(line);
    if (lines.length === count) break;
  }
  return lines;
}

describe.each(ways)('a host over %s', (_, open) => {
  let host: Host;
  beforeAll(async () => {
    host = open();
    await host.connect();
  });
  afterAll(() => host.close());

  describe.each(['run', 'ask', 'runTimed'] as const)('%s', (way) => {
    it('keeps apart output, errors and the exit code', async () => {
      const finished = await host[way](['sh', '-c', 'printf out; printf "err\n" >&2; exit 7']);
      expect(finished).toMatchObject({ code: 7, stdout: 'out', stderr: 'err\n' });
      expect(finished.endedMs).toBeGreaterThanOrEqual(finished.startedMs);
      expect(Math.abs(finished.endedMs - Date.now())).toBeLessThan(60_000);
    });

    it('hands over every word as it is', async () => {
      const words = [
        '',
        ' ',
        "it's",
        '"',
        '$HOME',
        '`id`',
        '\\',
        '*',
        'a\nb',
        '-n',
        '~',
        'ü→𝄞',
        '!x',
        '#',
        ';',
        '&&',
      ];
      const { stdout } = await host[way](['printf', '<%s>', ...words]);
      expect(stdout).toBe(words.map((word) => `<${word}>`).join(''));
    });

    it('carries input, and its absence', async () => {
      const input = `${'x'.repeat(100_000)}\n'"$ü`;
      expect((await host[way](['cat'], { input })).stdout).toBe(input);
      expect((await host[way](['cat'])).stdout).toBe('');
    });

    it('carries much output', async () => {
      const { stdout, stderr } = await host[way](['sh', '-c', 'seq 1 50000; seq 1 50000 >&2']);
      expect(stdout.split('\n')).toHaveLength(50_001);
      expect(stderr.split('\n')).toHaveLength(50_001);
    });

    it('says that a program is missing', async () => {
      const finished = await host[way](['kha-lab-no-such-program']);
      expect(finished.code).toBe(127);
      expect(finished.stderr).toContain('not found');
    });

    it('gives up after its time and ends the command', async () => {
      const mark = `31415${Math.floor(Math.random() * 1e6)}`;
      const failure = await host[way](['sleep', mark], { timeoutMs: 300 }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'command-timeout', exit: 4 });
      await until(() => processesWith(`sleep ${mark}`).length === 0, 'the command gone');
      expect((await host[way](['echo', 'again'])).stdout).toBe('again\n');
    });

    it('is aborted by a signal', async () => {
      const mark = `27182${Math.floor(Math.random() * 1e6)}`;
      const abort = new AbortController();
      const running = host[way](['sleep', mark], { signal: abort.signal });
      const outcome = running.catch((error: unknown) => error);
      await until(() => processesWith(`sleep ${mark}`).length > 0, 'the command running');
      abort.abort(new Error('enough'));
      expect(await outcome).toMatchObject({ message: 'enough' });
      await until(() => processesWith(`sleep ${mark}`).length === 0, 'the command gone');
    });
  });

  it('asks many things at once, each answered with its own', async () => {
    const answers = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, index) => await host.ask(['sh', '-c', `echo ${index}; exit ${index}`]),
      ),
    );
    expect(answers.map(({ stdout, code }) => [stdout, code])).toEqual(
      answers.map((_, index) => [`${index}\n`, index]),
    );
  });

  it('runs more commands at once than a server has places for', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => host.run(['sh', '-c', `sleep 0.1; echo ${index}`])),
    );
    expect(answers.map(({ stdout }) => stdout)).toEqual(answers.map((_, index) => `${index}\n`));
  });

  it('survives what ends its helper shell', async () => {
    const failure = await host.ask(['sh', '-c', 'kill -9 $PPID; sleep 1']).catch((error: unknown) => error);
    expect([undefined, 'helper-ended']).toContain(
      (failure as { code?: string }).code === 'helper-ended' ? 'helper-ended' : undefined,
    );
    expect((await host.ask(['echo', 'alive'])).stdout).toBe('alive\n');
    expect((await host.ask(['exit', '3'])).code).toBe(3);
    expect((await host.ask(['echo', 'alive'])).stdout).toBe('alive\n');
  });

  it('reads its clock within its error bar: here both clocks are one', async () => {
    for (let round = 0; round < 5; round++) {
      const sample = await host.clock();
      expect(sample.errorMs).toBeGreaterThan(0);
      expect(sample.errorMs).toBeLessThan(500);
      // The observer's monotonic clock noted the wall clock once; the machine may have slewed it by a little since.
      const drift = Date.now() - (performance.timeOrigin + performance.now());
      expect(Math.abs(sample.offsetMs - drift)).toBeLessThan(sample.errorMs + 2);
    }
  });

  it('notes its clock around a command', async () => {
    const timed = await host.runTimed(['sh', '-c', 'sleep 0.2; echo done; echo oh >&2; exit 3']);
    expect(timed).toMatchObject({ code: 3, stdout: 'done\n', stderr: 'oh\n' });
    expect(timed.hostAfterMs - timed.hostBeforeMs).toBeGreaterThanOrEqual(199);
    expect(timed.hostBeforeMs).toBeGreaterThanOrEqual(timed.startedMs - 50);
    expect(timed.hostAfterMs).toBeLessThanOrEqual(timed.endedMs + 50);
  });

  it('follows a file: lines as they come, cleaned, and nothing is left behind', async () => {
    const file = join(folder, `log-${Math.random().toString(36).slice(2)}`);
    writeFileSync(file, 'one\n\x1b[2Jtwo ü\n');
    const followed = host.follow(['tail', '-n', '+1', '-F', file]);
    const first = await take2(followed, 2);
    expect(first.map(({ text }) => text)).toEqual(['one', '␛[2Jtwo ü']);
    appendFileSync(file, 'three\n');
    const before = performance.timeOrigin + performance.now();
    const [third] = await first.more(1);
    expect(third?.text).toBe('three');
    expect(Math.abs((third?.arrivedMs ?? 0) - before)).toBeLessThan(5_000);
    expect(processesWith(file).length).toBeGreaterThan(0);
    followed.close();
    followed.close();
    expect(await followed.ended).toMatchObject({ code: null });
    await until(() => processesWith(file).length === 0, 'nothing left of the followed command');
  });

  it('follows to the end of what ends', async () => {
    const followed = host.follow(['sh', '-c', 'printf "a\nb\r\nc"; echo oh >&2; exit 9']);
    expect((await take(followed, 4)).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
    expect(await followed.ended).toEqual({ code: 9, stderr: 'oh\n' });
  });

  it('ends the command when the reader leaves the loop', async () => {
    const mark = `16180${Math.floor(Math.random() * 1e6)}`;
    const followed = host.follow(['sh', '-c', `echo x; exec sleep ${mark}`]);
    expect(await take(followed, 1)).toHaveLength(1);
    await until(() => processesWith(`sleep ${mark}`).length === 0, 'the command gone');
  });

  it('opens tunnels', async () => {
    const server = createServer((socket) => socket.end('hello from behind'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const stream = await host.tunnel('127.0.0.1', port);
    let text = '';
    for await (const chunk of stream) text += chunk;
    expect(text).toBe('hello from behind');
    await new Promise((resolve) => server.close(resolve));
    const failure = await host.tunnel('127.0.0.1', port).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'tunnel-failed', exit: 4 });
  });

  it('shows the line that would be typed', () => {
    expect(host.commandLine(['systemctl', 'stop', 'kube scheduler'])).toBe("systemctl stop 'kube scheduler'");
  });
});

/** Some lines, and a way to take more of the same. */
async function take2(followed: Followed, count: number) {
  const iterator = followed[Symbol.asyncIterator]();
  const more = async (wanted: number) => {
    const lines: ArrivedLine[] = [];
    while (lines.length < wanted) {
      const next = await iterator.next();
      if (next.done) break;
      lines.push(next.value);
    }
    return lines;
  };
  return Object.assign(await more(count), { more });
}
