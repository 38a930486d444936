// One master as a machine: boots systemd in its file system, finds its first process, ends it.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { makeGroups, removeGroups, systemdRunsHere } from './cgroup.ts';
import { BRIDGE, insideNetwork } from './network.ts';
import { machineName } from './places.ts';
import { until } from './until.ts';

export interface Machine {
  readonly id: string;
  readonly master: string;
}

export interface MachineParts {
  readonly root: string;
  /** Its /opt/bin. */
  readonly binaries: string;
  /** The file that its console is written to. */
  readonly console: string;
  /** It runs containers: for them it needs more system calls, and groups with every controller. */
  readonly containers: boolean;
}

/** Boots `root` as the machine and returns at once; what it prints on its console goes to `console`. */
export async function bootMachine(machine: Machine, options: MachineParts): Promise<void> {
  const nspawn = [
    '--boot',
    `--hostname=${machine.master}`,
    `--network-bridge=${BRIDGE}`,
    `--bind-ro=${options.binaries}:/opt/bin`,
    ...(await kubectlHere()),
    ...(options.containers ? ['--system-call-filter=@keyring bpf'] : []),
  ];
  await startNspawn(machine, options, nspawn);
}

/** Runs one program alone in `root`, with the network of the pair as its own; returns at once. */
export async function runMachine(
  machine: Machine,
  options: Pick<MachineParts, 'root' | 'console'>,
  words: readonly string[],
): Promise<void> {
  await startNspawn(machine, { ...options, containers: false }, ['--as-pid2', '--', ...words]);
}

async function startNspawn(
  machine: Machine,
  options: Omit<MachineParts, 'binaries'>,
  own: readonly string[],
): Promise<void> {
  const name = machineName(machine.id, machine.master);
  const scoped = await systemdRunsHere();
  const groups = scoped ? [] : await makeGroups(name, options);
  const nspawn = [
    'systemd-nspawn',
    '--quiet',
    `--directory=${options.root}`,
    `--machine=${name}`,
    '--register=no',
    '--timezone=off',
    '--resolv-conf=off',
    '--link-journal=no',
    '--console=pipe',
    ...(scoped ? [] : ['--keep-unit']),
    ...own,
  ];
  // The shell joins the groups, then becomes nspawn: no process of ours stays in between.
  const join =
    'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ >"$1" || exit; shift; n=$((n - 1)); done; exec "$@"';
  const words = [
    '-c',
    join,
    'boot',
    String(groups.length),
    ...groups,
    ...insideNetwork(machine.id),
    ...nspawn,
  ];
  const console = openSync(options.console, 'a');
  const child = spawn('/bin/sh', words, { detached: true, stdio: ['ignore', console, console] });
  child.unref();
}

/** The kubectl of this machine, where it has one, in the machine as well. */
async function kubectlHere(): Promise<readonly string[]> {
  const { stdout, failed } = await execa('which', ['kubectl'], { reject: false });
  return failed ? [] : [`--bind-ro=${stdout.trim()}:/usr/local/bin/kubectl`];
}

/** The process ids of the machine's nspawn, by the name only it has on its command line. */
export async function nspawnOf(machine: Machine): Promise<number[]> {
  const argument = `--machine=${machineName(machine.id, machine.master)}`;
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const words = (await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (words[0]?.endsWith('systemd-nspawn') && words.includes(argument)) found.push(Number(entry));
  }
  return found;
}

/** What was found last, as it is asked for with every command and all processes would have to be looked through. */
const firsts = new Map<string, { readonly nspawn: number; readonly first: number }>();

/** The first process (systemd) of a booted machine, as this machine numbers it. */
export async function firstProcessOf(machine: Machine): Promise<number> {
  const name = machineName(machine.id, machine.master);
  const known = firsts.get(name);
  if (known && (await parentOf(known.first)) === known.nspawn) return known.first;
  return await until(`${machine.master} has a first process`, async () => {
    for (const nspawn of await nspawnOf(machine)) {
      const { stdout } = await execa('ps', ['-o', 'pid=,comm=', '--ppid', String(nspawn)], { reject: false });
      const line = stdout.split('\n').find((text) => /\bsystemd$/.test(text));
      if (line === undefined) continue;
      const first = Number.parseInt(line, 10);
      firsts.set(name, { nspawn, first });
      return first;
    }
    return undefined;
  });
}

/** Null where there is no such process. */
async function parentOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // Its name stands in brackets and may hold anything.
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Reboots it from within. Where nspawn is not told to keep its unit it boots again by itself, else it ends, and is started anew. */
export async function rebootMachine(machine: Machine, parts: MachineParts): Promise<void> {
  const first = await firstProcessOf(machine);
  const enter = ['--target', String(first), '--mount', '--uts', '--ipc', '--net', '--pid', '--'];
  await execa('nsenter', [...enter, 'systemctl', 'reboot'], { cwd: '/', stdin: 'ignore', reject: false });
  const gone = async () => ((await nspawnOf(machine)).length === 0 ? true : undefined);
  const anew = async () => ((await firstProcessOf(machine)) === first ? undefined : true);
  const scoped = await systemdRunsHere();
  await until(`${machine.master} goes down`, scoped ? anew : gone, { withinMs: 120_000 });
  if (scoped) return;
  await removeGroups(machineName(machine.id, machine.master));
  await bootMachine(machine, parts);
  await firstProcessOf(machine);
}

/** Ends the machine at once, by id: all that runs in it goes with its first process. */
export async function endMachine(machine: Machine): Promise<void> {
  for (const nspawn of await nspawnOf(machine)) {
    const { stdout } = await execa('ps', ['-o', 'pid=', '--ppid', String(nspawn)], { reject: false });
    for (const child of stdout.split('\n').map(Number).filter(Boolean)) kill(child);
  }
  await until(
    `${machine.master} has ended`,
    async () => {
      const left = await nspawnOf(machine);
      return left.length === 0 ? true : undefined;
    },
    { withinMs: 5_000 },
  ).catch(async () => {
    for (const nspawn of await nspawnOf(machine)) kill(nspawn);
  });
  await removeGroups(machineName(machine.id, machine.master));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
