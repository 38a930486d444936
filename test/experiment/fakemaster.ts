// A master made of values: units and one timer, with a hand on every command, so that each moment can be made to fail.
import { vi } from 'vitest';
import type { Argv, Finished, Host } from '../../src/hosts/host.ts';
import { exits, KhaError } from '../../src/model/failure.ts';

export interface FakeMaster extends Host {
  readonly units: Map<string, string>;
  /** Description of the armed timer. */
  timer: string | null;
  /** Every command that changes something, in order. */
  readonly changes: string[];
  /** Called before each command; may throw. What it returns is the command's result. */
  before: (line: string) => Partial<Finished> | undefined;
  /** Called after each command took effect; may throw, as a lost connection does. */
  after: (line: string) => void;
}

export function lostConnection(): KhaError {
  return new KhaError({
    code: 'connection-lost',
    exit: exits.unreachable,
    message: 'Lost.',
    tryThis: 'Wait.',
  });
}

const nowMs = () => performance.timeOrigin + performance.now();

export function fakeMaster(name: string): FakeMaster {
  const units = new Map([['kube-scheduler.service', 'active']]);
  const changes: string[] = [];
  const answer = (argv: Argv): Finished => {
    const line = argv.join(' ');
    const startedMs = nowMs();
    const given = master.before(line);
    const said = given ?? act(argv, line);
    master.after(line);
    return { code: 0, signal: null, stdout: '', stderr: '', startedMs, endedMs: nowMs(), ...said };
  };
  const act = (argv: Argv, line: string): Partial<Finished> => {
    const [program, verb = ''] = argv;
    const unit = argv.at(-1) ?? '';
    if (program === 'systemd-run') {
      changes.push(line);
      if (master.timer !== null) return { code: 1, stderr: 'Unit kha-lab-return.timer already exists.' };
      master.timer = (argv.find((word) => word.startsWith('--description=')) ?? '').slice(14);
      return {};
    }
    if (verb === 'show' && argv.includes('--property=Description'))
      return { stdout: `Description=${master.timer ?? unit}\n` };
    if (verb === 'show') return { stdout: argv.slice(4).map(shown).join('\n') };
    changes.push(line);
    if (verb === 'stop' && unit === 'kha-lab-return.timer') master.timer = null;
    else if (verb === 'stop') units.set(unit, 'inactive');
    else if (verb === 'start') units.set(unit, 'active');
    return {};
  };
  const shown = (unit: string): string => {
    const state =
      unit === 'kha-lab-return.timer' ? (master.timer === null ? null : 'active') : units.get(unit);
    return `Id=${unit}\nLoadState=${state == null ? 'not-found' : 'loaded'}\nActiveState=${state ?? 'inactive'}\nSubState=running\nUnitFileState=enabled\nMainPID=7\nExecStart=\n`;
  };
  const master: FakeMaster = {
    name,
    address: `root@${name}:22`,
    units,
    timer: null,
    changes,
    before: () => undefined,
    after: () => {},
    connect: async () => {},
    run: async (argv) => answer(argv),
    ask: async (argv) => answer(argv),
    runTimed: async (argv) => ({ ...answer(argv), hostBeforeMs: 1_000, hostAfterMs: 1_100 }),
    follow: vi.fn(),
    clock: async () => ({ atMs: 0, offsetMs: 0, errorMs: 0.1 }),
    tunnel: vi.fn(),
    commandLine: (argv) => argv.join(' '),
    onState: () => () => {},
    close: async () => {},
  };
  return master;
}
