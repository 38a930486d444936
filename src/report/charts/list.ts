// Every picture of a report: of each group, and of each round, as far as a page can hold them.
import type { Placed, RoundGroup } from '../../model/roundgroups.ts';
import { mostDrawn } from '../../model/runfold.ts';
import type { RunTold } from '../../model/runtold.ts';
import type { Chart } from './chart.ts';
import { ecdfChart } from './ecdf.ts';
import { lanesChart } from './lanes.ts';
import { stripChart } from './strip.ts';

export interface ReportCharts {
  /** In the order of the groups. */
  readonly ofGroup: readonly (readonly Chart[])[];
  readonly ofRounds: readonly Chart[];
  /** How many rounds have no picture of their own. */
  readonly leftOut: number;
}

export function reportCharts(runs: readonly RunTold[], groups: readonly RoundGroup[]): ReportCharts {
  const rounds = runs.flatMap((run) => run.rounds.map((told): Placed => ({ run, told })));
  const isOdd = ({ told }: Placed) => told.verdict.verdict !== 'passed';
  // More pictures of single rounds nobody looks at; what did not pass is always among them, as far as it goes.
  const inTurn = [...rounds.filter(isOdd), ...rounds.filter((one) => !isOdd(one))];
  const shown = new Set(inTurn.slice(0, mostDrawn));
  const ofRounds = rounds.flatMap((one, index) =>
    shown.has(one) ? (lanesChart(one.run, one.told, `round-${index + 1}`) ?? []) : [],
  );
  return {
    ofGroup: groups.map((group, index) =>
      [stripChart(group, `rounds-${index + 1}`), ecdfChart(group, `shares-${index + 1}`)].filter(
        (chart) => chart !== null,
      ),
    ),
    ofRounds,
    leftOut: rounds.length - ofRounds.length,
  };
}
