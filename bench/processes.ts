// What processes use, as Linux tells it: memory, processor time, and which process began which.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process and everything it began, as far as it still runs. */
export function treeOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : '';
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (stat !== '') children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [pid];
  for (const each of tree) tree.push(...(children.get(each) ?? []));
  return tree;
}

/** Proportional set size, bytes: memory that several share counts once among them. */
export function pss(pids: readonly number[]): number {
  return sum(pids, (pid) => kilobytes(read(`/proc/${pid}/smaps_rollup`), 'Pss') * 1024);
}

/** Resident memory of one process, bytes. */
export function rss(pid: number): number {
  return kilobytes(read(`/proc/${pid}/status`), 'VmRSS') * 1024;
}

/** Resident memory of one process at its highest so far, bytes: nothing between two looks is missed. */
export function highestRss(pid: number): number {
  return kilobytes(read(`/proc/${pid}/status`), 'VmHWM') * 1024;
}

/** Processor time so far, seconds, those that ended and were waited for included. */
export function processorSeconds(pids: readonly number[]): number {
  return sum(pids, (pid) => {
    const stat = read(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [11, 12, 13, 14].reduce((ticks, at) => ticks + Number(fields[at] ?? 0), 0) / ticksPerSecond();
  });
}

let ticks: number | null = null;

/** Asked once: asking is a process. */
function ticksPerSecond(): number {
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return ticks;
}

function sum(pids: readonly number[], of: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + of(pid), 0);
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}

/** Empty once the process is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
