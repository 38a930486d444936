// Unfinished business on this machine's disk: written before a fault, removed once its way back is verified.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';
import type { ComponentName } from '../model/lock.ts';
import type { Step } from './faults/design.ts';
import type { Snapshot } from './restore.ts';

/** All that `recover` needs to finish a killed run: where, what, and how it was before. */
export interface Pending {
  readonly version: 2;
  readonly id: string;
  /** The process that made it: while it lives, the run is not left but under way. */
  readonly pid: number;
  /** Which of all processes that ever had this pid it was; left out where the system does not tell. */
  readonly process?: string;
  /** Set once the run has given up on it: it is left behind though its process may live on. */
  readonly givenUp?: true;
  readonly startedAt: string;
  /** The inventory's file; for a sandbox, which ends with its run, nothing is left to recover. */
  readonly inventory: string;
  readonly component: ComponentName;
  readonly fault: string;
  readonly master: string;
  /** Masters on which the timer was to be armed. */
  readonly armedOn: readonly string[];
  /** The unit it was done to. */
  readonly unit: string;
  /** What takes it back, and how everything was that it may have changed. */
  readonly undo: readonly Step[];
  readonly snapshots: readonly Snapshot[];
  /** A woken leader exits within this time after `undo`; 0 where nobody is woken. */
  readonly exitsWithinMs: number;
  /** Of a round's canaries, to be deleted; a note of its own, which older ones had not. */
  readonly namespace?: string;
  /** What its timers say of themselves; left out by older ones. */
  readonly description?: string;
}

/**
 * Writes it to the disk itself, not only to its cache: a fault that outlives a power cut must be known afterwards.
 * @throws KhaError `not-noted` (exit 3) when it cannot be written: then nothing may be begun.
 */
export function writePending(folder: string, pending: Pending): void {
  try {
    write(folder, pending);
  } catch (cause) {
    throw new KhaError({
      code: 'not-noted',
      exit: exits.inconclusive,
      message: `What a fault would leave to put back could not be noted in ${folder}: ${(cause as Error).message}.`,
      tryThis: 'Make room there, or name another state folder with XDG_STATE_HOME.',
      cause,
    });
  }
}

function write(folder: string, pending: Pending): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const descriptor = openSync(fileOf(folder, pending.id), 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(pending, null, 2));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Notes that its run has given up on it; where even that cannot be written, it counts as left once the process ends. */
export function giveUpPending(folder: string, pending: Pending): void {
  try {
    write(folder, { ...pending, givenUp: true });
  } catch {
    // What is not restored is told all the same, which is what counts.
  }
}

export function clearPending(folder: string, id: string): void {
  rmSync(fileOf(folder, id), { force: true });
}

/** What runs that are no longer alive left behind, oldest first. A file that cannot be read is no one's and left alone. */
export function leftBehind(folder: string): readonly Pending[] {
  return allPending(folder).filter((pending) => pending.givenUp || !isAlive(pending));
}

/** What runs that are alive have in their hands. */
export function underWay(folder: string): readonly Pending[] {
  return allPending(folder).filter((pending) => !pending.givenUp && isAlive(pending));
}

function allPending(folder: string): readonly Pending[] {
  return listed(folder)
    .flatMap((name) => readPending(join(folder, name)))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function readPending(file: string): readonly Pending[] {
  try {
    const pending = JSON.parse(readFileSync(file, 'utf8')) as Pending;
    return pending.version === 2 ? [pending] : [];
  } catch {
    return [];
  }
}

function isAlive({ pid, process: then }: Pending): boolean {
  // After a reboot, or long enough, its pid is somebody else's.
  const now = processOf(pid);
  if (then !== undefined && now !== null) return then === now;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Tells a process from every other that had or will have its pid: the boot, and when it began in it. Null where there is no /proc. */
export function processOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in parentheses, may hold anything; the start time is the twentieth word after it.
    const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return began === undefined ? null : `${boot} ${began}`;
  } catch {
    return null;
  }
}

function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}
