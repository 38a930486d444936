// What really happened in a master, read past the program under test: its units, its log files, its journal.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { firstProcessOf, type Machine } from './nspawn.ts';
import { LOG_FOLDER } from './places.ts';

/** Runs a command in the master by entering its namespaces: no ssh, no login, always as root. */
export async function runInMaster(machine: Machine, words: readonly string[]): Promise<string> {
  const first = await firstProcessOf(machine);
  const enter = ['--target', String(first), '--mount', '--uts', '--ipc', '--net', '--pid', '--'];
  const { stdout } = await execa('nsenter', [...enter, ...words], { cwd: '/', stdin: 'ignore' });
  return stdout;
}

/** Everything the component ever logged in this master, oldest first: its log files, and its journal. */
export async function linesOf(
  machine: Machine,
  options: { root: string; component: string },
): Promise<string[]> {
  const folder = join(options.root, LOG_FOLDER);
  const names = (await readdir(folder)).sort();
  const own = names.filter(
    (name) => name === `${options.component}.log` || isKlogFile(name, options.component),
  );
  const files = await Promise.all(own.map((name) => readFile(join(folder, name), 'utf8')));
  const journal = await runInMaster(machine, [
    'journalctl',
    '--output=cat',
    '--no-pager',
    '--unit',
    options.component,
  ]);
  return [...files, journal].flatMap((text) => text.split('\n')).filter((line) => line !== '');
}

/** klog names its files COMPONENT.HOST.USER.log.INFO.DATE-TIME.PID; the links without a date repeat them. */
function isKlogFile(name: string, component: string): boolean {
  return name.startsWith(`${component}.`) && /\.log\.INFO\.\d{8}-\d{6}\.\d+$/.test(name);
}

const HEADER = /^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6}) /;

/**
 * When the component says it acquired its lock: its own log lines' times in microseconds since 1970, in order.
 * `zoneMinutes` is the master's offset from UTC: klog writes local time, without a year and without a zone.
 */
export function acquiredAt(lines: readonly string[], zoneMinutes: number): number[] {
  return lines
    .filter((line) => /successfully acquired lease/i.test(line))
    .map((line) => HEADER.exec(line))
    .filter((match) => match !== null)
    .map((match) => {
      const [month, day, hour, minute, second, micros] = match.slice(1).map(Number) as number[];
      const now = new Date();
      const at = (year: number) =>
        Date.UTC(year, (month ?? 1) - 1, day, hour, (minute ?? 0) - zoneMinutes, second) * 1000 +
        (micros ?? 0);
      // A line from December read in January is last year's.
      const thisYear = at(now.getUTCFullYear());
      return thisYear > (now.getTime() + 86_400_000) * 1000 ? at(now.getUTCFullYear() - 1) : thisYear;
    })
    .sort((a, b) => a - b);
}

/** Microseconds since 1970 of a time as the program prints it: in UTC, with six digits. */
export function microsOf(at: string): number {
  return Date.parse(`${at.slice(0, 19)}Z`) * 1000 + Number(at.slice(20, 26));
}

/** What systemd itself says once a fault of this kind has reached it; left out where it says nothing. */
const systemdsWord: Readonly<Record<string, RegExp>> = {
  stop: /^Stopping /,
  apiserver: /^Stopping /,
  etcd: /^Stopping /,
  kill: /: Main process exited, code=killed, status=9\/KILL/,
};

/**
 * When systemd says that the fault reached it, in microseconds since 1970: its journal's own clock, the newest first. Null for
 * a fault of which it says nothing (a frozen process, a cut network).
 */
export async function reachedSystemdAt(
  run: (words: readonly string[]) => Promise<string>,
  { fault, component }: { fault: string; component: string },
): Promise<number[] | null> {
  const word = systemdsWord[fault];
  if (word === undefined) return null;
  const unit = fault === 'apiserver' ? 'kube-apiserver' : fault === 'etcd' ? 'etcd' : component;
  const text = await run(['journalctl', '--output=json', '--no-pager', '_PID=1', `UNIT=${unit}.service`]);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, string>)
    .filter(({ MESSAGE = '' }) => word.test(MESSAGE))
    .map((entry) => Number(entry._SOURCE_REALTIME_TIMESTAMP ?? entry.__REALTIME_TIMESTAMP))
    .sort((a, b) => b - a);
}
