// A recording filmed: what the screens would have shown of it, with marks where handovers begin and end.
import { retellLab } from '../lab/retell.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { LabFeed } from '../model/labplan.ts';
import type { Observation, RunBegun } from '../model/observation.ts';
import type { Round } from '../model/round.ts';
import { SceneFold } from '../model/scenefold.ts';
import type { CastFacts } from '../publish/asciicast.ts';
import { loadRecording } from '../recording/load.ts';
import { type Film, filmOf } from '../tui/film.ts';
import { themeFor } from '../tui/theme.ts';
import { spokenIn } from '../tui/words/words.ts';
import { labOf } from './labretold.ts';
import { createPredictor } from './prediction.ts';

export interface Filmed {
  readonly film: Film;
  readonly facts: CastFacts;
  /** The moment that shows most: a handover just over. Milliseconds from the film's beginning. */
  readonly posterMs: number;
}

/** As wide as pages embed terminals, and high enough for two logs and the timeline. */
const size = { columns: 100, rows: 30 } as const;

/** Longer films are nobody's to watch, milliseconds. */
export const longestFilmMs = 3_600_000;

/** @throws KhaError `too-long-to-film` (exit 2), or as `loadRecording`. */
export async function filmRecording(file: string): Promise<Filmed> {
  const { tape } = await loadRecording(file);
  const [begun] = tape;
  const lengthMs = tape.reduce((longest, { atMs }) => Math.max(longest, atMs), 0);
  if (lengthMs > longestFilmMs)
    throw new KhaError({
      code: 'too-long-to-film',
      exit: exits.usage,
      message: `${file} is ${Math.round(lengthMs / 60_000)} minutes long, and a cast of more than an hour is nobody's to watch.`,
      tryThis: 'Look at it with: kha-lab replay, which jumps to its handovers.',
    });
  const { what = 'run', target = '', startedAt = '' } = begun?.kind === 'run' ? begun : {};
  const rounds = roundsOf(tape);
  const posterMs = Math.min(lengthMs, rounds[0]?.marks.at(-1)?.atMs ?? lengthMs);
  const theme = themeFor({ env: {}, color: true, background: 'dark', ascii: false });
  const told = begun?.kind === 'run' ? await labTold(begun, file) : null;
  const wish = { tape, title: begun?.kind === 'run' ? (begun.lab ?? what) : what, ...size, theme };
  const film = spokenIn(told?.language, () =>
    filmOf({ ...wish, stillMs: posterMs + 1000, ...(told && { tell: told.tell }) }),
  );
  return {
    film,
    facts: { title: `kha-lab ${what} on ${target}`, startedAt, marks: rounds.flatMap(marksOf) },
    posterMs: posterMs + 1000,
  };
}

/** A lab with its steps, in the language that it was walked in; null for other runs, and where it is not here any more. */
async function labTold(begun: RunBegun, recording: string) {
  const lab = await labOf(begun);
  if (lab === null) return null;
  const { now: predicted, of: expected } = createPredictor();
  const tell = (feed: LabFeed) => retellLab({ lab, feed, recording, predicted, expected });
  return { language: lab.language, tell };
}

function roundsOf(tape: readonly Observation[]): readonly Round[] {
  const fold = new SceneFold();
  for (const observation of tape) fold.see(observation);
  return fold.scene.timeline.rounds;
}

function marksOf({ round, fault, marks }: Round): readonly { atMs: number; label: string }[] {
  const said = marks.flatMap(({ name, atMs, host }) => {
    if (name === 'faultIssued') return [{ atMs, label: `round ${round}: ${fault}` }];
    return name === 'acquired'
      ? [{ atMs, label: `round ${round}: ${host ?? 'somebody'} took the lock` }]
      : [];
  });
  return said.filter(({ atMs }) => atMs >= 0);
}
