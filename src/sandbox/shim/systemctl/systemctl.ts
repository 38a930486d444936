// `systemctl` on a sandbox's master: which word does what.
import { parseArgs } from 'node:util';
import type { Manager } from '../../systemd/manager.ts';
import { Refusal } from '../../systemd/refusal.ts';
import type { ShimCall, ShimProgram } from '../call.ts';
import { enableUnits, maskUnits, unmaskUnits } from './files.ts';
import { killUnits, resetFailed, restartUnits, startUnits, stopUnits } from './jobs.ts';
import { listTimers, listUnitFiles, listUnits } from './lists.ts';
import { fits, isPattern } from './pattern.ts';
import { catUnits, isActive, isEnabled, isFailed, showUnits } from './queries.ts';
import { statusUnits } from './status.ts';

export interface SystemctlCall extends ShimCall {
  readonly manager: Manager;
  /** Unit names with their ending. */
  readonly units: readonly string[];
  readonly flags: SystemctlFlags;
}

export type SystemctlFlags = ReturnType<typeof readFlags>['values'];

const verbs: Readonly<Record<string, (call: SystemctlCall) => Promise<number> | number>> = {
  start: startUnits,
  stop: stopUnits,
  restart: restartUnits,
  'try-restart': restartUnits,
  kill: killUnits,
  'reset-failed': resetFailed,
  'daemon-reload': ({ manager }) => {
    manager.reload();
    return 0;
  },
  show: showUnits,
  cat: catUnits,
  'is-active': isActive,
  'is-failed': isFailed,
  'is-enabled': isEnabled,
  'is-system-running': ({ out }) => {
    out('running\n');
    return 0;
  },
  status: statusUnits,
  mask: maskUnits,
  unmask: unmaskUnits,
  enable: enableUnits,
  disable: enableUnits,
  'list-units': listUnits,
  'list-unit-files': listUnitFiles,
  'list-timers': listTimers,
};

export function systemctl(manager: Manager): ShimProgram {
  return async (call) => {
    const { values, positionals } = readFlags(call.args);
    if (values.version) {
      call.out('systemd 252 (kha-lab sandbox: a service manager in miniature)\n');
      return 0;
    }
    const [verb = 'list-units', ...names] = positionals;
    const run = verbs[verb];
    if (!run) throw new Refusal(`Unknown command verb ${verb}.`);
    const flags = { ...values, verb };
    return run({
      ...call,
      manager,
      flags,
      units: names.flatMap((name) => expanded(manager, withEnding(name))),
    });
  };
}

function readFlags(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        property: { type: 'string', short: 'p', multiple: true },
        P: { type: 'string', short: 'P', multiple: true },
        signal: { type: 'string', short: 's' },
        'kill-who': { type: 'string' },
        'kill-whom': { type: 'string' },
        runtime: { type: 'boolean' },
        now: { type: 'boolean' },
        value: { type: 'boolean' },
        quiet: { type: 'boolean', short: 'q' },
        'no-pager': { type: 'boolean' },
        'no-legend': { type: 'boolean' },
        legend: { type: 'string' },
        'no-block': { type: 'boolean' },
        'no-ask-password': { type: 'boolean' },
        'no-reload': { type: 'boolean' },
        output: { type: 'string', short: 'o' },
        lines: { type: 'string', short: 'n' },
        type: { type: 'string', short: 't' },
        state: { type: 'string' },
        timestamp: { type: 'string' },
        all: { type: 'boolean', short: 'a' },
        full: { type: 'boolean', short: 'l' },
        force: { type: 'boolean', short: 'f' },
        plain: { type: 'boolean' },
        system: { type: 'boolean' },
        version: { type: 'boolean' },
      },
    });
    return { values: { ...values, verb: '' }, positionals };
  } catch (error) {
    throw new Refusal(`systemctl: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// A pattern stands for every loaded unit that fits; lists match it themselves.
function expanded(manager: Manager, name: string): string[] {
  if (!isPattern(name)) return [name];
  const loaded = [...manager.services(), ...manager.timers()].map((unit) => unit.name);
  return loaded.filter((one) => fits(one, name));
}

function withEnding(name: string): string {
  return /\.(service|timer|target|socket|scope|mount)$/.test(name) || name.includes('*')
    ? name
    : `${name}.service`;
}
