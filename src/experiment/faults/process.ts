// Faults of one process: stopped, killed, frozen, and frozen and then stopped.
import type { Argv } from '../../hosts/host.ts';
import type { FaultDesign, FaultGround, Step } from './design.ts';

/** A woken leader gives up after its renew deadline (at once up to 1.11), and logs and exits a moment later. */
const exitingMs = 5_000;

export const signalArgv = (signal: string, unit: string): Argv => [
  'systemctl',
  'kill',
  '--kill-who=main',
  `--signal=${signal}`,
  unit,
];

export function stopArgv(unit: string): Argv {
  return ['systemctl', 'stop', unit];
}

export function startArgv(...units: string[]): Argv {
  return ['systemctl', 'start', ...units];
}

export function designStop(ground: FaultGround, unit: string): FaultDesign {
  return { ...plain(ground, unit), issue: stopArgv(unit) };
}

/** A drop-in of the running system alone: a reboot takes it away. */
export function dropInOf(unit: string) {
  const folder = `/run/systemd/system/${unit}.d`;
  const file = `${folder}/kha-lab.conf`;
  return {
    makeFolder: ['mkdir', '-p', folder],
    // Reads its standard input as it is: /dev/stdin cannot be opened where sshd made it a socket.
    write: ['tee', file],
    remove: ['rm', '-f', file],
    removeFolder: ['rmdir', '--ignore-fail-on-non-empty', folder],
  } satisfies Record<string, Argv>;
}

export const reloadArgv: Argv = ['systemctl', 'daemon-reload'];

/** SIGKILL; systemd is kept from starting it again, unless that is what is to be measured. */
export function designKill(ground: FaultGround, unit: string): FaultDesign {
  const issue = signalArgv('SIGKILL', unit);
  if (ground.letRestart) return { ...plain(ground, unit), issue, overOnce: null, fails: 'perhaps' };
  const on = ground.on.name;
  const dropIn = dropInOf(unit);
  const reload: Step = { on, argv: reloadArgv, why: 'systemd reads its units again' };
  return {
    ...plain(ground, unit),
    prepare: [
      { on, argv: dropIn.makeFolder, why: 'a folder for what follows' },
      {
        on,
        argv: dropIn.write,
        input: '[Service]\nRestart=no\n',
        why: 'Restart=no, for as long as the fault lasts; gone after a reboot',
      },
      reload,
    ],
    issue,
    fails: 'always',
    undo: [
      { on, argv: dropIn.remove, why: 'Restart= as it was' },
      { on, argv: dropIn.removeFolder, why: 'its folder', mayFail: true },
      reload,
    ],
  };
}

/** SIGSTOP, then SIGCONT alone: never a stop while it is frozen. */
export function designFreeze(ground: FaultGround, unit: string): FaultDesign {
  const on = ground.on.name;
  return {
    ...plain(ground, unit),
    issue: signalArgv('SIGSTOP', unit),
    overOnce: 'begun',
    fails: 'perhaps',
    // A process that is gone by then needs no waking.
    undo: [{ on, argv: signalArgv('SIGCONT', unit), why: 'woken', mayFail: true }],
    exitsWithinMs: ground.terms.renewDeadlineMs + exitingMs,
  };
}

/** Frozen, and stopped once its successor leads: from 1.34 on it empties its successor's record on the way out. */
export function designZombie(ground: FaultGround, unit: string): FaultDesign {
  const on = ground.on.name;
  return {
    ...designFreeze(ground, unit),
    overOnce: 'started',
    parting: [{ on, argv: stopArgv(unit), why: 'the frozen one is stopped, which wakes it: the zombie' }],
  };
}

function plain({ fault, on }: FaultGround, unit: string): FaultDesign {
  return {
    fault,
    on,
    unit,
    prepare: [],
    issue: [],
    parting: [],
    undo: [],
    overOnce: 'started',
    fails: 'never',
    touched: [{ master: on.name, units: [unit] }],
    exitsWithinMs: 0,
    firewall: false,
    lastsMs: null,
  };
}
