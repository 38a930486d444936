// What is said of a master's clock that was set, or ran too fast or slow, while a round went on.
import { type ClockStep, clockDrift, clockSteps } from './clocksteps.ts';
import type { Case } from './evidence.ts';
import type { Mark } from './round.ts';
import { errorInWords, lengthInWords } from './sentences.ts';

/** Offsets are measured every few seconds, ten in older recordings: what shows in the first one after may have been before. */
const marginMs = 15_000;

/** From this on it is no clock that runs badly, but one that was set; the kernel itself slews by 500 ppm at most. */
const steppedPpm = 1000;

/** A sentence for each master whose offsets, measured before, during and after, do not agree within their errors. */
export function clockRemarks({ facts, issued, begun }: Case, marks: readonly Mark[]): readonly string[] {
  const fromMs = facts.startedAtMs + Math.min(begun.atMs, issued?.atMs ?? begun.atMs) - marginMs;
  const toMs = facts.startedAtMs + (marks.at(-1)?.atMs ?? begun.atMs) + marginMs;
  const remarks = Object.entries(facts.clocks).map(([host, samples]) => {
    const own = samples.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
    const worst = clockSteps(own).reduce<ClockStep | null>(
      (most, step) => (most === null || Math.abs(step.ms) > Math.abs(most.ms) ? step : most),
      null,
    );
    if (worst) return setInWords(host, worst);
    const drift = clockDrift(own);
    return drift && ranInWords(host, drift);
  });
  return remarks.filter((remark) => remark !== null);
}

function ppmOf({ ms, earlier, later }: ClockStep): number {
  return Math.round((ms / (later.atMs - earlier.atMs)) * 1e6);
}

function moved({ ms, errorMs }: ClockStep): string {
  return `${lengthInWords(Math.abs(ms))} ± ${errorInWords(errorMs)}`;
}

function setInWords(host: string, step: ClockStep): string {
  if (Math.abs(ppmOf(step)) < steppedPpm) return ranInWords(host, step);
  const which = step.ms > 0 ? 'forward' : 'back';
  return `The clock of ${host} was set ${which} by ${moved(step)} in this round: times it wrote meanwhile have errors as wide.`;
}

function ranInWords(host: string, drift: ClockStep): string {
  const ppm = Math.abs(ppmOf(drift));
  const which = drift.ms > 0 ? 'fast' : 'slow';
  const length = lengthInWords(drift.later.atMs - drift.earlier.atMs);
  return `The clock of ${host} ran ${ppm} ppm ${which} in this round (${moved(drift)} in ${length}): its times are corrected for it.`;
}
