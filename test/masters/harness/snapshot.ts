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
  "\\( -path '/etc/systemd/*' -o -path '/run/systemd/system*' -o -path '/run/systemd/transient*' -o -path '/tmp/*' \\)";
const NOT_LEFT = "-not -type d -not -path '*/systemd-private-*'";

/** One shell's work: it is asked for again and again, on a machine that others keep busy. */
const SCRIPT = [
  ...['kube-apiserver', ...COMPONENTS].flatMap((unit) => [
    `echo '# ${unit}'`,
    `systemctl show ${unit} --property=${PROPERTIES.join()}`,
    `systemctl cat ${unit}`,
  ]),
  // The times of a timer change by themselves; which timers there are must not.
  "echo '# timers'",
  "systemctl list-units --type=timer --all --no-legend --plain | tr -s ' '",
  "echo '# ours'",
  "systemctl list-units --all --no-legend --plain 'kha-lab*'",
  "echo '# files'",
  `find /etc/systemd /run/systemd /tmp ${LEFT} ${NOT_LEFT} -printf '%M %p\\n'`,
  // Looking at a table makes it exist, empty: only rules count.
  "echo '# filters'",
  "iptables-save | sed -n '/^-A/p'",
  'ip route show table all',
].join('\n');

/** All that a run may never change in a master, as one text; equal texts mean nothing was left behind. */
export async function snapshot(masters: Masters, master: string): Promise<string> {
  return await masters.run(master, ['sh', '-e', '-c', SCRIPT]);
}

/** Every timer systemd lists in a master, with the unit each one starts. */
export async function timersOf(masters: Masters, master: string): Promise<string> {
  return await masters.run(master, ['systemctl', 'list-timers', '--all', '--no-legend', '--no-pager']);
}
