// The recording on disk: appended to, synced at marks, and honest when it can no longer be written.
import { closeSync, fdatasyncSync, fstatSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';

export interface Tape {
  /** Where it lies; null when nothing is kept, or nothing lies there any more. */
  readonly file: string | null;
  write(batch: readonly Observation[]): void;
  sync(): void;
  /** Looks whether it still lies where it was made: nobody is told of a file that is deleted under him. */
  verify(): void;
  close(): void;
}

/** Keeps nothing: for `watch` without `--record`. */
export const noTape: Tape = { file: null, write() {}, sync() {}, verify() {}, close() {} };

export interface TapeOptions {
  readonly file: string;
  /** Called once, at the first write that fails, or when the file is gone. What is on disk by then ends in a whole line or is cut by the reader. */
  readonly onFailure: (error: KhaError) => void;
}

/**
 * Opens a new recording, NDJSON, one observation a line, readable by its owner only.
 * @throws KhaError `recording-failed` when the file cannot be made.
 */
export function openTape({ file, onFailure }: TapeOptions): Tape {
  let descriptor: number | null = open(file);
  let gone = false;

  function guard(work: (fd: number) => void): void {
    if (descriptor === null) return;
    try {
      work(descriptor);
    } catch (cause) {
      const lost = descriptor;
      descriptor = null;
      closeQuietly(lost);
      onFailure(unwritable(file, cause));
    }
  }

  /** It is written on all the same: one that was only moved is whole where it went. */
  function look(fd: number): void {
    if (gone || liesAt(file, fd)) return;
    gone = true;
    onFailure(takenAway(file));
  }

  return {
    get file() {
      return gone ? null : file;
    },
    write: (batch) =>
      guard((fd) => {
        for (let from = 0; from < batch.length; from += atOnce)
          writeAll(
            fd,
            batch
              .slice(from, from + atOnce)
              .map(lineOf)
              .join(''),
          );
      }),
    sync: () =>
      guard((fd) => {
        fdatasyncSync(fd);
        look(fd);
      }),
    verify: () => guard(look),
    close: () =>
      guard((fd) => {
        descriptor = null;
        fdatasyncSync(fd);
        look(fd);
        closeSync(fd);
      }),
  };
}

function open(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return openSync(file, 'wx', 0o600);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/** Lines in one write. A busy moment brings thousands: in one piece they are megabytes of text that memory holds on to. */
const atOnce = 200;

function lineOf(observation: Observation): string {
  return `${JSON.stringify(observation)}\n`;
}

/** A disk that fills up takes part of a write and says so only by the count. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // The write's own failure is already on its way to the person.
  }
}

function liesAt(file: string, fd: number): boolean {
  try {
    const [made, found] = [fstatSync(fd), statSync(file, { throwIfNoEntry: false })];
    return found !== undefined && found.dev === made.dev && found.ino === made.ino;
  } catch {
    // A folder that may not be looked into any more tells nothing of what lies in it.
    return true;
  }
}

function takenAway(file: string): KhaError {
  return new KhaError({
    code: 'recording-failed',
    exit: exits.notRecorded,
    message: `The recording ${file} is not there any more: it was deleted or moved while the run went on.`,
    tryThis:
      'Leave it where it is until the run has ended, or name another file with --record FILE, and run it again.',
  });
}

function unwritable(file: string, cause: unknown): KhaError {
  const code = (cause as NodeJS.ErrnoException).code;
  const reason =
    code === 'ENOSPC'
      ? 'the disk is full'
      : code === 'EEXIST'
        ? 'there is such a file already'
        : (cause as Error).message;
  return new KhaError({
    code: 'recording-failed',
    exit: exits.notRecorded,
    message: `The recording ${file} could not be written: ${reason}.`,
    tryThis: 'Make room or name another file with --record FILE, and run it again.',
    cause,
  });
}
