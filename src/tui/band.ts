// The expected moment of a handover as the strip draws it.
import type { HistogramBin } from '../model/prediction.ts';

export interface Band {
  readonly minMs: number;
  readonly p50Ms: number;
  readonly maxMs: number;
  /** Where the axis ends: stays when the band narrows. */
  readonly scaleMs: number;
  readonly bins: readonly HistogramBin[];
}

/** How likely the handover falls between two times, against the likeliest moment: 0 to 1. */
export function densityOf({ bins }: Band, fromMs: number, toMs: number): number {
  const most = Math.max(...bins.map(({ share }) => share), 1e-9);
  let sum = 0;
  for (const bin of bins) {
    const overlap = Math.min(toMs, bin.toMs) - Math.max(fromMs, bin.fromMs);
    if (overlap > 0) sum += (bin.share / most) * (overlap / Math.max(1, toMs - fromMs));
  }
  return Math.min(1, sum);
}
