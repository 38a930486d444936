// The axis that all strips of a report share with the band of the rules.
import type { RoundGroup } from '../../model/roundgroups.ts';

export interface Scale {
  readonly fromMs: number;
  readonly toMs: number;
  readonly columns: number;
  column(ms: number): number;
}

/** From the fault where the band is near it, else from a little before the band: half an axis of nothing shows nothing. */
export function scaleOf(
  { summary, prediction }: Pick<RoundGroup, 'summary' | 'prediction'>,
  columns: number,
): Scale {
  const ends = [prediction?.minMs, prediction?.maxMs, summary.minMs, summary.maxMs].filter(
    (ms) => ms !== undefined && ms !== null,
  );
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const fromMs = least < 0.4 * most ? Math.min(0, least) : least - 0.06 * (most - least);
  const toMs = most + 0.03 * (most - fromMs) + 1;
  const column = (ms: number) =>
    Math.max(0, Math.min(columns - 1, Math.round(((ms - fromMs) / (toMs - fromMs)) * (columns - 1))));
  return { fromMs, toMs, columns, column };
}
