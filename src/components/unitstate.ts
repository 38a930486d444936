// What systemd says of units: asked by name, read as values.
import type { Host } from '../hosts/host.ts';
import { exits, KhaError } from '../model/failure.ts';

/** A unit as `systemctl show` prints it. Two snapshots of the same unit are equal when nothing was left behind. */
export interface UnitState {
  readonly id: string;
  readonly loaded: boolean;
  /** active, inactive, failed, activating, deactivating, reloading */
  readonly active: string;
  readonly sub: string;
  /** enabled, disabled, static, masked …; empty for a transient unit. */
  readonly enabled: string;
  readonly pid: number | null;
  readonly dropIns: string;
  readonly restart: string;
  readonly restarts: number;
  /** The command line alone: `show` adds when it ran and with which pid. */
  readonly execStart: string;
}

const properties =
  'Id,LoadState,ActiveState,SubState,UnitFileState,MainPID,DropInPaths,Restart,NRestarts,ExecStart';

/**
 * States of these units, in their order; a pattern (`*.service`) gives every loaded unit that fits.
 * @throws KhaError `no-systemd` (exit 4) when the host has no systemctl that answers.
 */
export async function showUnits(host: Host, units: readonly string[]): Promise<readonly UnitState[]> {
  const argv = ['systemctl', 'show', '--no-pager', `--property=${properties}`, ...units];
  const { code, stdout, stderr } = await host.ask(argv);
  if (code !== 0) {
    throw new KhaError({
      code: 'no-systemd',
      exit: exits.unreachable,
      message: `${host.name} did not say how its units are: ${stderr.trim() || `systemctl ended with ${code}`}.`,
      tryThis: `Try it there: ${host.commandLine(argv)}`,
    });
  }
  return stdout.trim().split(/\n\n+/).map(readUnit);
}

function readUnit(block: string): UnitState {
  const said = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf('=');
    // A unit may have several ExecStart lines; the last is the one that runs after a reset.
    if (at > 0) said.set(line.slice(0, at), line.slice(at + 1));
  }
  const text = (name: string) => said.get(name) ?? '';
  return {
    id: text('Id'),
    loaded: text('LoadState') === 'loaded',
    active: text('ActiveState'),
    sub: text('SubState'),
    enabled: text('UnitFileState'),
    pid: Number(text('MainPID')) || null,
    dropIns: text('DropInPaths'),
    restart: text('Restart'),
    restarts: Number(text('NRestarts')) || 0,
    execStart: commandOf(text('ExecStart')),
  };
}

function commandOf(shown: string): string {
  return /argv\[\]=(.*?) ; /.exec(shown)?.[1] ?? shown;
}

/** The units' files with their drop-ins, one after the other, as `systemctl cat` prints them; null when one is not there. */
export async function catUnits(host: Host, units: readonly string[]): Promise<string | null> {
  const { code, stdout } = await host.ask(['systemctl', 'cat', '--no-pager', ...units]);
  return code === 0 ? stdout : null;
}
