// Rounds as dots along the time axis: those that would cover one another stand on each other.
import { max } from 'd3-array';
import type { RoundGroup } from '../../model/roundgroups.ts';
import { runName } from '../../model/runtold.ts';
import { spanInWords } from '../../model/sentences.ts';
import { type Markup, markup } from '../markup.ts';
import type { TimeScale } from './axis.ts';
import { barsHeight, barsOf, mostDots } from './bars.ts';

export type Counted = RoundGroup['counted'][number];

/** Radius of a dot, while there are few; of many each is smaller, so that all of them take no more paper. */
const largest = 4.5;
const crowd = 150;

function radiusOf(rounds: number): number {
  return rounds <= crowd ? largest : Math.max(0.8, largest * Math.sqrt(crowd / rounds));
}

export interface Swarm {
  readonly height: number;
  /** Drawn with its upper edge there. */
  at(y: number): Markup;
}

/** Of very many rounds bars, with a dot for what did not pass. */
export function swarmOf(rounds: readonly Counted[], scale: TimeScale): Swarm {
  if (rounds.length > mostDots) return crowdOf(rounds, scale);
  const dot = radiusOf(rounds.length);
  const swarm = stacked(rounds, { scale, dot });
  const height = ((max(swarm, ({ level }) => level) ?? 0) + 1) * 2 * dot + 8;
  return { height, at: (y) => markup`${swarm.map((one) => dotAt(one, { bottom: y + height - 4, dot }))}` };
}

interface Swarmed extends Counted {
  readonly x: number;
  readonly level: number;
}

/** Dots that would cover one another stand on each other. */
function stacked(
  rounds: readonly Counted[],
  { scale, dot }: { readonly scale: TimeScale; readonly dot: number },
): readonly Swarmed[] {
  const levels: number[] = [];
  return [...rounds]
    .sort((a, b) => a.ms - b.ms)
    .map((one) => {
      const x = scale(one.ms);
      let level = levels.findIndex((last) => x - last >= 2 * dot);
      if (level < 0) level = levels.length;
      levels[level] = x;
      return { ...one, x, level };
    });
}

const isOdd = ({ told }: Pick<Counted, 'told'>) => told.outside !== null || told.verdict.verdict !== 'passed';

function crowdOf(rounds: readonly Counted[], scale: TimeScale): Swarm {
  const odd = rounds.filter(isOdd).slice(0, mostDots);
  return {
    height: barsHeight + 8,
    at(y) {
      const bottom = y + barsHeight + 4;
      const dots = odd.map((one) => dotAt({ ...one, x: scale(one.ms), level: 0 }, { bottom, dot: 3 }));
      return markup`${barsOf(rounds, { scale, bottom })}${dots}`;
    },
  };
}

function dotAt(
  { x, level, ms, errorMs, run, told }: Swarmed,
  { bottom, dot }: { readonly bottom: number; readonly dot: number },
): Markup {
  const words = `${runName(run)}, round ${told.round.round}: ${spanInWords({ ms, errorMs })}`;
  return markup`<circle class="dot${isOdd({ told }) ? ' odd' : ''}${dot < 3 ? ' small' : ''}" cx="${x}" cy="${bottom - dot - level * 2 * dot}" r="${dot}"><title>${words}</title></circle>`;
}
