// The files of reports and comparisons: HTML files and pictures; loaded only where they are asked for.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';
import { svgFile } from '../report/charts/chart.ts';
import { reportCharts } from '../report/charts/list.ts';
import { type ComparedFacts, comparePage, comparePicture } from '../report/comparepage.ts';
import { type ReportFacts, reportPage } from '../report/page.ts';

export { filmsOf } from './films.ts';

/** @throws KhaError `not-written` when the file cannot be made. */
export async function writePage(file: string, facts: ReportFacts, cwd: string): Promise<void> {
  await written(resolve(cwd, file), reportPage(facts));
}

/** Returns how many pictures it wrote. @throws KhaError `not-written` when one cannot be made. */
export async function writePictures(
  folder: string,
  { runs, groups }: Pick<ReportFacts, 'runs' | 'groups'>,
  cwd: string,
): Promise<number> {
  const { ofGroup, ofRounds } = reportCharts(runs, groups);
  const charts = [...ofGroup.flat(), ...ofRounds];
  for (const chart of charts) await written(join(resolve(cwd, folder), `${chart.id}.svg`), svgFile(chart));
  return charts.length;
}

/** One HTML file of a comparison. @throws KhaError `not-written` when the file cannot be made. */
export async function writeComparison(file: string, facts: ComparedFacts, cwd: string): Promise<void> {
  await written(resolve(cwd, file), comparePage(facts));
}

/** One picture of a comparison; false where there is nothing to draw. @throws KhaError `not-written` when the file cannot be made. */
export async function writeComparedPicture(
  file: string,
  facts: Pick<ComparedFacts, 'effects' | 'verdict'>,
  cwd: string,
): Promise<boolean> {
  const picture = comparePicture(facts);
  if (picture === null) return false;
  await written(resolve(cwd, file), picture);
  return true;
}

async function written(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    throw new KhaError({
      code: 'not-written',
      exit: exits.usage,
      message: `${file} could not be written: ${(cause as Error).message}.`,
      tryThis: 'Name a place where you may write.',
      cause,
    });
  }
}
