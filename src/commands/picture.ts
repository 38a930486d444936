// The rounds of recordings as one SVG picture: the strip that reports show.
import { exits, KhaError } from '../model/failure.ts';
import { groupsOf } from '../model/roundgroups.ts';
import { svgFile } from '../report/charts/chart.ts';
import { stripChart } from '../report/charts/strip.ts';
import { readRuns } from './readruns.ts';
import type { Surroundings } from './surroundings.ts';

/** @throws KhaError `no-one-picture`: exit 3 where nothing was measured, exit 2 where the rounds belong in several pictures. */
export async function pictureOf(files: readonly string[], { cwd, stderr }: Surroundings): Promise<string> {
  const say = (sentence: string) => void stderr.write(`${sentence}\n`);
  const groups = groupsOf(await readRuns([...files], { cwd, say }));
  const charts = groups.flatMap((group, index) => stripChart(group, `rounds-${index + 1}`) ?? []);
  const [only, ...others] = charts;
  if (only && others.length === 0) return svgFile(only);
  throw new KhaError({
    code: 'no-one-picture',
    exit: only ? exits.usage : exits.inconclusive,
    message: only
      ? `These recordings ask ${charts.length} different questions, and one picture shows one.`
      : 'No handover was measured in it: there is nothing to draw.',
    tryThis: 'All pictures of any recordings: kha-lab report RECORDING… --svg FOLDER',
  });
}
