// systemd unit files as they are written: sections, settings, continuations, drop-ins, and the command line they start.
import { wordsOf } from './unitwords.ts';

export { electionTerms } from './electionterms.ts';
export { type FlagDifference, type Flags, flagDifferences, flagsOf } from './goflags.ts';
export { logPlaceOf } from './logplace.ts';

export interface UnitSetting {
  readonly section: string;
  readonly key: string;
  /** As written, continuations joined; quotes still in it. */
  readonly value: string;
  /** The file that set it, where the text names its files; null otherwise. */
  readonly path: string | null;
}

export interface UnitFile {
  /** `kube-scheduler.service`; null where the text does not say. */
  readonly name: string | null;
  /** The unit's own file and its drop-ins, in order. */
  readonly paths: readonly string[];
  readonly settings: readonly UnitSetting[];
}

const header = /^# (\/\S+\.(?:service|socket|target|timer|mount|path|slice|scope|conf))$/;
const dropIn = /\/[^/]+\.d\/[^/]+\.conf$/;

/** The unit in a file's text or in what `systemctl cat` prints for one unit, drop-ins merged. Lines that are no settings are passed over. */
export function parseUnitFile(text: string): UnitFile {
  return parseUnitFiles(text)[0] ?? { name: null, paths: [], settings: [] };
}

/** Every unit in what `systemctl cat A B` prints. */
export function parseUnitFiles(text: string): readonly UnitFile[] {
  const units: { name: string | null; paths: string[]; settings: UnitSetting[] }[] = [];
  let path: string | null = null;
  let section = '';
  for (const line of logicalLines(text)) {
    const named = header.exec(line)?.[1];
    if (named !== undefined) {
      path = named;
      if (!dropIn.test(named)) units.push({ name: baseName(named), paths: [], settings: [] });
      if (units.length === 0) units.push({ name: null, paths: [], settings: [] });
      units.at(-1)?.paths.push(named);
      continue;
    }
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
    const [, key, value] = /^([^=\s[][^=]*?)\s*=\s*(.*)$/s.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    if (units.length === 0) units.push({ name: null, paths: [], settings: [] });
    units.at(-1)?.settings.push({ section, key, value, path });
  }
  return units;
}

/** All values of a setting in force: an empty one takes back those before it, as in systemd. */
export function settingsOf(unit: UnitFile, section: string, key: string): readonly string[] {
  const values: string[] = [];
  for (const setting of unit.settings) {
    if (setting.section !== section || setting.key !== key) continue;
    if (setting.value === '') values.length = 0;
    else values.push(setting.value);
  }
  return values;
}

/** Every command line the unit starts: program and arguments, quotes resolved, `Environment=` filled in where the unit gives it. */
export function execArgvs(unit: UnitFile): readonly (readonly string[])[] {
  const environment = new Map<string, string>();
  for (const word of settingsOf(unit, 'Service', 'Environment').flatMap((value) => wordsOf(value))) {
    const cut = word.indexOf('=');
    if (cut > 0) environment.set(word.slice(0, cut), word.slice(cut + 1));
  }
  return settingsOf(unit, 'Service', 'ExecStart').map((value) => {
    const [program = '', ...rest] = wordsOf(value, environment);
    return [program.replace(/^[@:+!|-]+/, ''), ...rest];
  });
}

/** The command line of the service: the last in force, which is the only one unless it is of type oneshot. Empty when there is none. */
export function execArgv(unit: UnitFile): readonly string[] {
  return execArgvs(unit).at(-1) ?? [];
}

/** Lines with continuations joined by a space, as systemd does; comment lines within a continuation are left out. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trimStart();
    if (open !== null && /^[#;]/.test(line)) continue;
    const joined: string = open === null ? line : `${open} ${line}`;
    const goesOn = /^[^#;].*\\$|^\\$/.test(joined);
    open = goesOn ? joined.slice(0, -1) : null;
    if (!goesOn) lines.push(joined.trimEnd());
  }
  return open === null ? lines : [...lines, open];
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
