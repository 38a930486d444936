// When a part of an explanation is told: what turned out to be true in this run.
import * as z from 'zod';
import { sumOf } from '../model/ways.ts';
import type { Telling } from './telling.ts';
import { dangersSeen, differencesSeen } from './unitsseen.ts';

export const condition = z
  .enum([
    'released',
    'not-released',
    'guess-right',
    'guess-too-short',
    'guess-too-long',
    'no-guess',
    'outage-seen',
    'two-led',
    'record-emptied',
    'clients-stick',
    'clients-spread',
    'units-alike',
    'units-differ',
    'ports-open',
    'ports-closed',
    'restored',
    'sandbox',
    'own-masters',
    'recorded',
  ])
  .describe('What must have turned out to be true in this run.');

export type Condition = z.infer<typeof condition>;

export function holds(condition: Condition, telling: Telling): boolean {
  const { story, round, source } = telling;
  const releases = round?.terms.releasesOnStop ?? null;
  switch (condition) {
    case 'released':
      return releases === true;
    case 'not-released':
      return releases !== true;
    case 'guess-right':
      return judged(telling) === 'right';
    case 'guess-too-short':
      return judged(telling) === 'too short';
    case 'guess-too-long':
      return judged(telling) === 'too long';
    case 'no-guess':
      return telling.guess === null;
    case 'outage-seen':
      return round?.outage != null;
    case 'two-led':
      return (round?.twoLeadersMs ?? 0) > 0;
    case 'record-emptied':
      return round?.emptied !== undefined;
    case 'clients-stick':
      return telling.ways?.begun.affinity === 'ClientIP';
    case 'clients-spread':
      return telling.ways?.begun.affinity === 'None';
    case 'units-alike':
      return differencesSeen(telling)?.length === 0;
    case 'units-differ':
      return (differencesSeen(telling)?.length ?? 0) > 0;
    case 'ports-open':
      return (dangersSeen(telling)?.length ?? 0) > 0;
    case 'ports-closed':
      return dangersSeen(telling)?.length === 0;
    case 'restored':
      return story.round?.restored === true;
    case 'sandbox':
      return story.scene.run?.target === 'sandbox';
    case 'own-masters':
      return story.scene.run !== null && story.scene.run.target !== 'sandbox';
    case 'recorded':
      return source.recording !== null;
  }
}

function judged(telling: Telling): 'right' | 'too short' | 'too long' | null {
  const { guess } = telling;
  const measuredMs = guessedMs(telling);
  if (!guess || measuredMs === null) return null;
  const measured = measuredMs / 1000;
  const [from, to] = guess.seconds;
  if (measured < from) return 'too long';
  return measured > to ? 'too short' : 'right';
}

/** What a guess was about: a handover, or how long clients went without an answer; null before it was measured. */
function guessedMs({ round, ways, measure }: Telling): number | null {
  if (measure === null) return round?.handover?.ms ?? null;
  return ways?.over ? (sumOf(ways, measure)?.troubledMs ?? null) : null;
}
