// The films that a report holds: of each recording, as far as a page carries them, and the player that shows them.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { KhaError } from '../model/failure.ts';
import { type RunTold, runName } from '../model/runtold.ts';
import { toAsciicast } from '../publish/asciicast.ts';
import type { Films, FilmTold } from '../report/sections/films.ts';
import { filmRecording } from './filming.ts';

/** All films of a page together, milliseconds: it stays small enough to send, and is made in seconds. */
const mostMs = 30 * 60_000;

export async function filmsOf(runs: readonly RunTold[], cwd: string): Promise<Films> {
  const told = new Map<RunTold, FilmTold>();
  const isOdd = ({ rounds }: RunTold) => rounds.some(({ verdict }) => verdict.verdict !== 'passed');
  let leftMs = mostMs;
  for (const run of [...runs.filter(isOdd), ...runs.filter((one) => !isOdd(one))]) {
    if (run.lengthMs > leftMs) continue;
    const film = await filmed(run, cwd);
    if (film === null) continue;
    leftMs -= run.lengthMs;
    told.set(run, film);
  }
  const [script, style] = await Promise.all(['min.js', 'css'].map(playerFile));
  return {
    player: { script: script ?? '', style: style ?? '' },
    told: runs.flatMap((run) => told.get(run) ?? []),
    leftOut: runs.length - told.size,
  };
}

/** Null for one that is too long to be kept whole. */
async function filmed(run: RunTold, cwd: string): Promise<FilmTold | null> {
  try {
    const { film, facts, posterMs } = await filmRecording(resolve(cwd, run.file));
    const { lengthMs, still } = film;
    return {
      name: runName(run),
      cast: toAsciicast(film, facts),
      title: facts.title,
      lengthMs,
      posterMs,
      still,
    };
  } catch (error) {
    if (error instanceof KhaError) return null;
    throw error;
  }
}

/** Beside the program, where the build put it; else where the package is. */
function playerFile(ending: string): Promise<string> {
  const name = `asciinema-player.${ending}`;
  const beside = join(import.meta.dirname, name);
  if (existsSync(beside)) return readFile(beside, 'utf8');
  const { resolve: find } = createRequire(import.meta.url);
  return readFile(find(`asciinema-player/dist/bundle/${name}`), 'utf8');
}
