// kha-lab runs prune: takes old recordings away, after a question.
import { exits, KhaError } from '../model/failure.ts';
import { statePlaces } from '../recording/places.ts';
import { type KeptRun, keptRuns, removeRun } from '../recording/shelf.ts';
import type { CommonFlags } from './flags.ts';
import { askLine } from './question.ts';
import { sizeInWords } from './runs.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface PruneFlags extends CommonFlags {
  /** Milliseconds. */
  readonly olderThan?: number;
  /** How many of the newest stay. */
  readonly keep?: number;
  readonly yes?: boolean;
}

export async function runsPrune(flags: PruneFlags, surroundings: Surroundings): Promise<number> {
  const { olderThan, keep } = flags;
  if (olderThan === undefined && keep === undefined) throw whichOnes();
  const { stdout, env, clock } = surroundings;
  const now = clock();
  // What is still being written is nobody's to take away.
  const all = keptRuns(statePlaces(env).runs).filter(({ writer }) => writer === null);
  const old = all
    .slice(keep ?? 0)
    .filter(({ writtenMs }) => olderThan === undefined || now - writtenMs > olderThan);
  if (old.length > 0) await agreed(old, flags, surroundings);
  for (const run of old) removeRun(run);
  const bytes = old.reduce((sum, one) => sum + one.bytes, 0);
  if (flags.json) {
    const removed = old.map(({ file }) => file);
    stdout.write(`${JSON.stringify({ version: 1, removed, bytes, kept: all.length - old.length })}\n`);
  } else if (old.length === 0) stdout.write('Nothing is that old.\n');
  else stdout.write(`${inWords(old)} removed, ${all.length - old.length} kept.\n`);
  return exits.good;
}

function inWords(old: readonly KeptRun[]): string {
  const size = sizeInWords(old.reduce((sum, { bytes }) => sum + bytes, 0));
  return `${old.length} ${old.length === 1 ? 'recording' : 'recordings'} (${size})`;
}

/** @throws KhaError `needs-yes` (exit 2) where nobody can be asked; `declined` (exit 2) when the answer is no. */
async function agreed(old: readonly KeptRun[], flags: PruneFlags, surroundings: Surroundings): Promise<void> {
  if (flags.yes) return;
  if (!flags.input || flags.json || !hasTerminal(surroundings))
    throw new KhaError({
      code: 'needs-yes',
      exit: exits.usage,
      message: `${inWords(old)} would be removed for good, and nobody can be asked here.`,
      tryThis: 'Give your word with --yes, or look first: kha-lab runs',
    });
  const { stdin: input, stderr: output } = surroundings;
  for (const { file } of old) output.write(`  ${file}\n`);
  const question = `Remove ${inWords(old)} for good? [yes/no] `;
  if (/^y(es)?$/i.test(await askLine({ question, input, output }))) return;
  throw new KhaError({
    code: 'declined',
    exit: exits.usage,
    message: 'Nothing was removed.',
    tryThis: 'See what there is: kha-lab runs',
  });
}

function whichOnes(): KhaError {
  return new KhaError({
    code: 'usage',
    exit: exits.usage,
    message: 'It is not said which recordings are to go.',
    tryThis: 'Say it with --older-than 30d, or with --keep 20 for all but the newest twenty.',
  });
}
