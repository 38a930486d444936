// The axis that all strips of a report share with the band of the rules.
import type { RoundGroup } from '../../model/roundgroups.ts';

export interface Scale {
  readonly fromMs: number;
  readonly toMs: number;
  readonly columns: number;
  column(ms: number): number;
}

export function scaleOf(
  { summary, prediction }: Pick<RoundGroup, 'summary' | 'prediction'>,
  columns: number,
): Scale {
  const ends = [prediction?.minMs, prediction?.maxMs, summary.minMs, summary.maxMs];
  return scaleAround(
    ends.filter((ms) => ms !== undefined && ms !== null),
    columns,
  );
}

/**
 * From 0 where the least is near it, else from a little before: half an axis of nothing shows nothing. `whole`: just as
 * far as asked.
 */
export function scaleAround(ms: readonly number[], columns: number, how?: 'whole'): Scale {
  const [least, most] = [Math.min(...ms), Math.max(...ms)];
  const near = least < 0.4 * most ? Math.min(0, least) : least - 0.06 * (most - least);
  const fromMs = how === 'whole' ? least : near;
  const toMs = how === 'whole' ? most : most + 0.03 * (most - fromMs) + 1;
  const column = (of: number) =>
    Math.max(0, Math.min(columns - 1, Math.round(((of - fromMs) / (toMs - fromMs)) * (columns - 1))));
  return { fromMs, toMs, columns, column };
}
