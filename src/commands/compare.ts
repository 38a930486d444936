// kha-lab compare: two sets of recordings, before and after a change: how much slower or faster, and how sure that is.
import { compareJson } from '../model/compareJson.ts';
import { effectsOf } from '../model/effect.ts';
import { compareVerdict } from '../model/effectverdict.ts';
import { exitOfReport } from '../model/reportverdict.ts';
import { sidesOf } from '../model/runsides.ts';
import { comparisonLines, shortComparison } from '../tui/report/comparison.ts';
import { version } from '../version.ts';
import type { CommonFlags } from './flags.ts';
import { readRuns } from './readruns.ts';
import { again } from './report.ts';
import { printLines, widthOf } from './reportprint.ts';
import type { Surroundings } from './surroundings.ts';

export interface CompareFlags extends CommonFlags {
  /** A part: 0.1 for ten percent. */
  readonly failIfSlower?: number;
  readonly seed: number;
  readonly html?: string;
  readonly svg?: string;
}

export async function compare(
  flags: CompareFlags,
  surroundings: Surroundings,
  first = '',
  second = '',
): Promise<number> {
  const { stdout, stderr, cwd } = surroundings;
  const say = (sentence: string) => void stderr.write(`${sentence}\n`);
  const before = await readRuns([first], { cwd, say });
  const after = await readRuns([second], { cwd, say });
  const sides = sidesOf(before, after);
  const effects = effectsOf(sides, flags.seed);
  const limit = flags.failIfSlower ?? null;
  const verdict = compareVerdict(effects, limit);
  const { leftOut } = sides;
  if (flags.json) {
    const facts = { verdict, limit, seed: flags.seed, before, after, effects, leftOut };
    stdout.write(`${JSON.stringify(compareJson({ tool: `kha-lab ${version}`, ...facts }))}\n`);
  } else {
    const page = { verdict, effects, leftOut, width: widthOf(surroundings) };
    printLines((flags.quiet ? shortComparison : comparisonLines)(page), flags, surroundings);
  }
  if (flags.html !== undefined || flags.svg !== undefined) {
    const { writeComparison, writeComparedPicture } = await import('./reportfiles.ts');
    const facts = { verdict, before, after, effects, leftOut, tool: `kha-lab ${version}`, again };
    if (flags.html !== undefined) {
      await writeComparison(flags.html, facts, cwd);
      say(`Written: ${flags.html}`);
    }
    if (flags.svg !== undefined) {
      const drawn = await writeComparedPicture(flags.svg, facts, cwd);
      say(drawn ? `Written: ${flags.svg}` : `Not written: ${flags.svg}, as there is nothing to draw.`);
    }
  }
  return exitOfReport(verdict);
}
