// Faults of what the leader leans on: its own API server, or the store of all of them.
import type { Argv } from '../../hosts/host.ts';
import type { FaultDesign, FaultGround } from './design.ts';
import { elected, unitsOn } from './design.ts';
import { designKill, startArgv, stopArgv } from './process.ts';

/** Until every leader has given up: its renew deadline, the period before it, and a moment. */
const givingUpMs = 2_000;

export function stopNoBlockArgv(unit: string): Argv {
  return ['systemctl', '--no-block', 'stop', unit];
}

/** Stopped, or killed as in a crash. Stopping an API server takes until its watches are closed, 15 to 21 s: the fault does not wait for that. */
export function designApiserver(ground: FaultGround, unit: string): FaultDesign {
  const { fault, on, killed } = ground;
  const kill = killed ? designKill(ground, unit) : null;
  const start = { on: on.name, argv: startArgv(unit), why: 'the API server, put back' };
  return {
    fault,
    on,
    unit,
    prepare: kill?.prepare ?? [],
    issue: kill?.issue ?? stopNoBlockArgv(unit),
    parting: [],
    undo: [start, ...(kill?.undo ?? [])],
    overOnce: 'returned',
    fails: 'perhaps',
    touched: [unitsOn(ground, on.name, ['kube-apiserver', ...elected])],
    exitsWithinMs: 0,
    firewall: false,
    lastsMs: null,
  };
}

/** Without the store nobody can renew and nobody can take over: all give up, and one leads again once it is back. */
export function designEtcd(ground: FaultGround, unit: string): FaultDesign {
  const { fault, on, masters, terms } = ground;
  return {
    fault,
    on,
    unit,
    prepare: [],
    issue: stopArgv(unit),
    parting: [],
    undo: [{ on: on.name, argv: startArgv(unit), why: 'the store, put back' }],
    overOnce: 'returned',
    fails: 'perhaps',
    touched: masters.map(({ name }) =>
      unitsOn(
        ground,
        name,
        name === on.name ? ['etcd', 'kube-apiserver', ...elected] : ['kube-apiserver', ...elected],
      ),
    ),
    exitsWithinMs: 0,
    firewall: false,
    lastsMs: terms.renewDeadlineMs + 2 * terms.retryPeriodMs + givingUpMs,
  };
}
