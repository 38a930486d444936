// However a sandbox ends, nothing of it is left: no process, no port, no file.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxPlaces } from '../../../src/sandbox/options.ts';
import { listSandboxes, stopSandbox } from '../../../src/sandbox/up.ts';
import { leftovers, markedProcesses, portsOf } from './leftovers.ts';
import { until } from './poll.ts';
import { hasSsh, ssh } from './ssh.ts';

interface Kept {
  readonly keeper: ChildProcess;
  readonly lines: string[];
  readonly places: SandboxPlaces;
  readonly ports: readonly number[];
  readonly supervisor: number;
}

const keepers: ChildProcess[] = [];

async function keep(): Promise<Kept> {
  const keeper = spawn(process.execPath, ['--import', 'tsx', `${import.meta.dirname}/keeper.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  keepers.push(keeper);
  const lines: string[] = [];
  createInterface({ input: keeper.stdout }).on('line', (line) => lines.push(line));
  const first = await until('the sandbox is up', () => lines[0], 25_000);
  const places: SandboxPlaces = JSON.parse(first);
  const listed = (await listSandboxes()).find(({ id }) => id === places.id);
  return { keeper, lines, places, ports: portsOf(places), supervisor: listed?.pid ?? 0 };
}

async function mainPid({ sshConfigFile }: SandboxPlaces, unit: string): Promise<number> {
  return Number((await ssh(sshConfigFile, 'kuberm', `systemctl show -P MainPID ${unit}`)).stdout);
}

async function expectNothingLeft({ places, ports }: Kept): Promise<void> {
  expect(ports.length).toBeGreaterThanOrEqual(4);
  await until('nothing is left', async () => (await leftovers(places, ports)).length === 0).catch(
    async () => {
      expect(await leftovers(places, ports)).toEqual([]);
    },
  );
  expect((await listSandboxes()).map(({ id }) => id)).not.toContain(places.id);
}

describe.skipIf(!hasSsh)('the end of a sandbox', () => {
  afterEach(() => {
    for (const keeper of keepers.splice(0)) keeper.kill('SIGKILL');
  });

  it('leaves nothing when the process that started it is killed, with commands running over SSH', async () => {
    const kept = await keep();
    const before = markedProcesses(kept.places.id).length;
    // One of them leaves its process group, as a careless script may.
    void ssh(kept.places.sshConfigFile, 'kuberm2', 'setsid sleep 1000 & exec sleep 1000');
    await until(
      'both run',
      () => markedProcesses(kept.places.id).length >= before + 2 || process.platform !== 'linux',
    );
    kept.keeper.kill('SIGKILL');
    await expectNothingLeft(kept);
  });

  it('leaves nothing when the supervisor is killed while a component is frozen', async () => {
    const kept = await keep();
    process.kill(await mainPid(kept.places, 'kube-scheduler'), 'SIGSTOP');
    process.kill(kept.supervisor, 'SIGKILL');
    await expectNothingLeft(kept);
    const end = JSON.parse(await until('its keeper hears of it', () => kept.lines[1]));
    expect(end).toEqual({ asked: false, reason: 'it ended with SIGKILL' });
  });

  it('leaves nothing when it is stopped from elsewhere', async () => {
    const kept = await keep();
    expect(await stopSandbox(kept.places.id)).toBe(true);
    expect(await leftovers(kept.places, kept.ports)).toEqual([]);
    const end = JSON.parse(await until('its keeper hears of it', () => kept.lines[1]));
    expect(end.asked).toBe(true);
    expect(await stopSandbox(kept.places.id)).toBe(false);
  });

  it('leaves nothing when it is stopped from elsewhere and its supervisor is frozen', async () => {
    const kept = await keep();
    process.kill(kept.supervisor, 'SIGSTOP');
    expect(await stopSandbox(kept.places.id)).toBe(true);
    await expectNothingLeft(kept);
  });
});
