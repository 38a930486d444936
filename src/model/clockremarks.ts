// What is said of a master's clock that was set, or ran too fast or slow, while a round went on.
import { type ClockStep, clockSteps } from './clocksteps.ts';
import type { Case } from './evidence.ts';
import type { Mark } from './round.ts';
import { errorInWords, lengthInWords } from './sentences.ts';

/** Offsets are measured every ten seconds: what shows in the first measurement after may have been before. */
const marginMs = 15_000;

/** From this on it is no clock that runs badly, but one that was set; the kernel itself slews by 500 ppm at most. */
const steppedPpm = 1000;

/** A sentence for each master whose offsets, measured before, during and after, do not agree within their errors. */
export function clockRemarks({ facts, issued, begun }: Case, marks: readonly Mark[]): readonly string[] {
  const fromMs = facts.startedAtMs + Math.min(begun.atMs, issued?.atMs ?? begun.atMs) - marginMs;
  const toMs = facts.startedAtMs + (marks.at(-1)?.atMs ?? begun.atMs) + marginMs;
  const remarks = Object.entries(facts.clocks).map(([host, samples]) => {
    const steps = clockSteps(samples.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs));
    const worst = steps.reduce<ClockStep | null>(
      (most, step) => (most === null || Math.abs(step.ms) > Math.abs(most.ms) ? step : most),
      null,
    );
    return worst && inWords(host, worst);
  });
  return remarks.filter((remark) => remark !== null);
}

function inWords(host: string, { ms, errorMs, earlier, later }: ClockStep): string {
  const ppm = Math.round((ms / (later.atMs - earlier.atMs)) * 1e6);
  const which = ms > 0 ? ['forward', 'fast'] : ['back', 'slow'];
  const moved = `${lengthInWords(Math.abs(ms))} ± ${errorInWords(errorMs)}`;
  const what =
    Math.abs(ppm) >= steppedPpm
      ? `was set ${which[0]} by ${moved}`
      : `ran ${Math.abs(ppm)} ppm ${which[1]} (${moved} in ${lengthInWords(later.atMs - earlier.atMs)})`;
  return `The clock of ${host} ${what} in this round: times it wrote meanwhile have errors as wide.`;
}
