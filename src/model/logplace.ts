// Where a component's log goes, by its flags and its unit.
import { booleanFlag, type Flags } from './goflags.ts';
import type { LogPlace } from './observation.ts';
import { settingsOf, type UnitFile } from './unitfile.ts';

export interface LogClues {
  readonly file: UnitFile;
  readonly flags: Flags;
  /** The unit's name, for the journal. */
  readonly unit: string;
  /** Name of the program, which names the files of `--log-dir`. */
  readonly component: string;
}

/**
 * klog's own file where `--logtostderr=false` (it stays on by default, whatever `--log-dir` says), else where the unit
 * sends standard error, else the journal. Null when it goes where nobody can read it: a terminal, a socket, nowhere.
 */
export function logPlaceOf({ file, flags, unit, component }: LogClues): LogPlace | null {
  if (!booleanFlag(flags, 'logtostderr', true) && !booleanFlag(flags, 'alsologtostderr', false)) {
    const named = flags.get('log-file');
    const folder = (flags.get('log-dir') || '/tmp').replace(/\/+$/, '');
    return { at: 'file', path: named || `${folder}/${component}.INFO` };
  }
  return streamPlace(standardError(file), unit);
}

function standardError(file: UnitFile): string {
  const last = (key: string) => settingsOf(file, 'Service', key).at(-1);
  const error = last('StandardError') ?? 'inherit';
  return error === 'inherit' ? (last('StandardOutput') ?? 'journal') : error;
}

function streamPlace(target: string, unit: string): LogPlace | null {
  const [, path] = /^(?:append|file|truncate):(\/.*)$/.exec(target) ?? [];
  if (path !== undefined) return { at: 'file', path };
  return /^(?:journal|syslog|kmsg|inherit)/.test(target) ? { at: 'journal', unit } : null;
}
