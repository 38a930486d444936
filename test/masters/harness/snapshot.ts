// A master's services as systemd has them: taken before and after, it must come out the same.
import { COMPONENTS, type Masters } from '../masters.ts';

const PROPERTIES = [
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'UnitFileState',
  'FragmentPath',
  'DropInPaths',
  'NeedDaemonReload',
  'Transient',
  'Restart',
  'RestartUSec',
  'CPUQuotaPerSecUSec',
  'FreezerState',
];
// Where unit files, drop-ins and leftovers of any kind would lie; directories alone mean nothing.
const LEFT =
  '( -path /etc/systemd/* -o -path /run/systemd/system* -o -path /run/systemd/transient* -o -path /tmp/* )';
const NOT_LEFT = '-not -type d -not -path */systemd-private-*';

/** All that a run may never change in a master, as one text; equal texts mean nothing was left behind. */
export async function snapshot(masters: Masters, master: string): Promise<string> {
  const run = (...words: string[]) => masters.run(master, words);
  const units = ['kube-apiserver', ...COMPONENTS];
  const parts: string[] = [];
  for (const unit of units) {
    parts.push(`# ${unit}`, await run('systemctl', 'show', unit, `--property=${PROPERTIES.join()}`));
    parts.push(await run('systemctl', 'cat', unit));
  }
  // The times of a timer change by themselves; which timers there are must not.
  const timers = await run('systemctl', 'list-units', '--type=timer', '--all', '--no-legend', '--plain');
  parts.push('# timers', timers.replaceAll(/ +/g, ' '));
  parts.push('# ours', await run('systemctl', 'list-units', '--all', '--no-legend', '--plain', 'kha-lab*'));
  const find = `/etc/systemd /run/systemd /tmp ${LEFT} ${NOT_LEFT}`.split(' ');
  parts.push('# files', await run('find', ...find, '-printf', '%M %p\n'));
  // Looking at a table makes it exist, empty: only rules count.
  const rules = (await run('iptables-save')).split('\n').filter((line) => line.startsWith('-A'));
  parts.push('# filters', ...rules, await run('ip', 'route', 'show', 'table', 'all'));
  return parts.join('\n');
}

/** Every timer systemd lists in a master, with the unit each one starts. */
export async function timersOf(masters: Masters, master: string): Promise<string> {
  return await masters.run(master, ['systemctl', 'list-timers', '--all', '--no-legend', '--no-pager']);
}
