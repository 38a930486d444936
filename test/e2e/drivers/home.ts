// A home of one test's own: its working folder, its state, its temporary files; removed with all that is in it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface Home {
  /** The working folder; empty, so without an inventory. */
  readonly work: string;
  /** For programs: nothing of the person who runs the tests is read or written. */
  readonly env: Readonly<Record<string, string>>;
  /** Recordings that programs made without being told where, oldest first. */
  recordings(): readonly string[];
  /** What is left of runs that never ended. */
  pending(): readonly string[];
}

/** Made now, removed after the file's last test. */
export function makeHome(): Home {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kha-e2e-')));
  const at = (name: string) => join(folder, name);
  for (const name of ['work', 'state', 'tmp']) mkdirSync(at(name));
  // A sandbox that is still clearing away may write meanwhile.
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  const listed = (place: string) => {
    const whole = join(folder, 'state/kha-lab', place);
    return filesIn(whole).map((name) => join(whole, name));
  };
  return {
    work: at('work'),
    env: { HOME: folder, XDG_STATE_HOME: at('state'), TMPDIR: at('tmp') },
    recordings: () => listed('runs'),
    pending: () => listed('pending'),
  };
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** The observations of a recording. */
export function readTape(file: string): readonly Taped[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Taped);
}

/** As it lies in the file: tests look at what is there, not at what types promise. */
export interface Taped {
  readonly seq: number;
  readonly atMs: number;
  readonly host: string | null;
  readonly kind: string;
  readonly [field: string]: unknown;
}
