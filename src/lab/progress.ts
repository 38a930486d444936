// How far a person got, kept by step id, so that a lab can be taken up again another day.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { refusal } from './refusal.ts';
import type { Stand } from './route.ts';

const kept = z.object({
  version: z.literal(1),
  lab: z.string(),
  step: z.string(),
  passed: z.array(z.string()),
  guesses: z.record(z.string(), z.string()),
});

export type Kept = z.infer<typeof kept>;

export interface Progress {
  /** Null when there is none, or none that can be read: then one begins anew. */
  load(): Promise<Kept | null>;
  save(state: Kept): Promise<void>;
  clear(): Promise<void>;
}

export function fileProgress(file: string): Progress {
  return {
    async load() {
      try {
        return kept.parse(JSON.parse(await readFile(file, 'utf8')));
      } catch {
        return null;
      }
    },
    async save(state) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      // Written aside and renamed: a crash leaves the old state or the new one, never half of one.
      const aside = `${file}.${process.pid}.new`;
      await writeFile(aside, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
      await rename(aside, file);
    },
    clear: () => rm(file, { force: true }),
  };
}

/** Saves one state after the other; a failure is told once and stops nothing. */
export function keeper({
  progress,
  fail,
}: {
  readonly progress: Progress | undefined;
  readonly fail: (error: unknown) => void;
}) {
  let saving: Promise<void> = Promise.resolve();
  let told = false;
  return {
    save({ lab, open, story, passedBefore }: Stand): void {
      if (!progress) return;
      const state: Kept = {
        version: 1,
        lab: lab.name,
        step: open.id,
        passed: [...new Set([...passedBefore, ...story.scene.passed])],
        guesses: { ...story.scene.guesses },
      };
      saving = saving
        .then(() => progress.save(state))
        .catch((error: unknown) => {
          if (told) return;
          told = true;
          fail(
            refusal(
              'progress-not-kept',
              `How far you got could not be kept: ${String(error)}.`,
              'The lab goes on; next time it begins at its first step.',
            ),
          );
        });
    },
    settled: (): Promise<void> => saving,
  };
}
