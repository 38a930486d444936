// What a set of recordings comes to, in a word and a sentence, and the exit code that goes with it.
import { type Exit, exits } from './failure.ts';
import { type RunTold, restoredIn } from './runtold.ts';

export interface ReportVerdict {
  readonly verdict: 'passed' | 'failed' | 'inconclusive';
  /** One sentence. */
  readonly why: string;
}

/** One round that failed, or one master not put back, fails all; without any round that could be judged nothing is known. */
export function reportVerdict(runs: readonly RunTold[]): ReportVerdict {
  const rounds = runs.flatMap((run) => run.rounds);
  const count = (verdict: string) => rounds.filter((told) => told.verdict.verdict === verdict).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const left = runs.filter((run) => restoredIn(run) === false);
  if (left.length > 0) {
    const files = left.map(({ file }) => file).join(', ');
    return { verdict: 'failed', why: `Not everything was put back in ${files}.` };
  }
  if (failed > 0) return { verdict: 'failed', why: `${of(failed, rounds.length)} failed.` };
  if (rounds.length === 0)
    return { verdict: 'inconclusive', why: 'No round was recorded, so there is nothing to judge.' };
  if (passed === 0) return { verdict: 'inconclusive', why: noneJudged(rounds.length) };
  const unclear = rounds.length - passed;
  const rest = unclear === 0 ? '' : `; ${unclear} could not be judged`;
  return { verdict: 'passed', why: `${of(passed, rounds.length)} passed${rest}.` };
}

export function exitOfReport({ verdict }: ReportVerdict): Exit {
  const codes = { passed: exits.good, failed: exits.failed, inconclusive: exits.inconclusive } as const;
  return codes[verdict];
}

function of(part: number, all: number): string {
  if (all === 1) return 'The one round';
  return part === all ? `All ${all} rounds` : `${part} of ${all} rounds`;
}

function noneJudged(all: number): string {
  return all === 1 ? 'The one round could not be judged.' : `None of ${all} rounds could be judged.`;
}
