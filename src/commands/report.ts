// kha-lab report: what recordings come to, in the terminal, as JSON, as one HTML file, as pictures.
import { quoteArgv } from '../hosts/quote.ts';
import { reportJson } from '../model/reportJson.ts';
import { exitOfReport, reportVerdict } from '../model/reportverdict.ts';
import { groupsOf } from '../model/roundgroups.ts';
import type { RunTold } from '../model/runtold.ts';
import { type ReportPage, reportLines, shortLines } from '../tui/report/page.ts';
import { version } from '../version.ts';
import type { CommonFlags } from './flags.ts';
import { collectEarly } from './heap.ts';
import { limitOf, readRuns } from './readruns.ts';
import { printLines, widthOf } from './reportprint.ts';
import type { Surroundings } from './surroundings.ts';

export interface ReportFlags extends CommonFlags {
  readonly html?: string;
  readonly svg?: string;
  /** As `publish` has it. */
  readonly format?: string;
  readonly out?: string;
}

/** Lines of logs that a page holds without getting slow, over all recordings. */
const mostLogs = 4000;

export async function report(
  flags: ReportFlags,
  surroundings: Surroundings,
  ...places: string[]
): Promise<number> {
  const { format } = flags;
  if (format !== undefined)
    return (await import('./publish.ts')).publish({ ...flags, format }, surroundings, ...places);
  collectEarly();
  const { stdout, stderr, cwd } = surroundings;
  const say = (sentence: string) => void stderr.write(`${sentence}\n`);
  const pictures = flags.html !== undefined || flags.svg !== undefined;
  const kept = { pictures, ...(flags.html !== undefined && { mostLogs }) };
  const runs = await readRuns(places, { cwd, say, ...kept });
  const groups = groupsOf(runs);
  const verdict = reportVerdict(runs);
  const tool = `kha-lab ${version}`;
  if (flags.json) stdout.write(`${JSON.stringify(reportJson(runs, groups, { tool, limitOf }))}\n`);
  else {
    const page: ReportPage = { runs, groups, again, width: widthOf(surroundings) };
    printLines((flags.quiet ? shortLines : reportLines)(page), flags, surroundings);
  }
  if (pictures) {
    const { filmsOf, writePage, writePictures } = await import('./reportfiles.ts');
    if (flags.html !== undefined) {
      const films = await filmsOf(runs, cwd);
      await writePage(flags.html, { runs, groups, verdict, tool, again, films }, cwd);
      say(`Written: ${flags.html}`);
    }
    if (flags.svg !== undefined)
      say(`Written: ${await writePictures(flags.svg, { runs, groups }, cwd)} pictures in ${flags.svg}`);
  }
  return exitOfReport(verdict);
}

/** What is typed to see a recording again, and to make one like it. */
export function again({ file, run }: RunTold): { readonly replay: string; readonly repeat: string | null } {
  return {
    replay: quoteArgv(['kha-lab', 'replay', file]),
    repeat: run.command.length === 0 ? null : quoteArgv(run.command),
  };
}
