// Host clocks: whatever the way and the drift, the true instant lies inside the bar.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestSample,
  driftAllowance,
  heldBetween,
  instantOf,
  type OffsetSample,
  offsetAt,
  sampleOfEcho,
  stepBetween,
  toObserver,
  unmeasuredMs,
} from '../../src/model/time.ts';

const ms = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const slack = 1e-6;

/** Echoes to a host whose clock is `offset(at)` ahead, each with its own lopsided way there and back. */
const echo = (at: number, there: number, back: number, offset: (at: number) => number): OffsetSample =>
  sampleOfEcho({ sentMs: at, receivedMs: at + there + back, hostMs: at + there + offset(at + there) });

const echoes = fc.array(fc.record({ at: ms(0, 600_000), there: ms(0, 40), back: ms(0, 40) }), {
  minLength: 1,
  maxLength: 12,
});

describe('a host clock', () => {
  it('keeps a command inside the bar though it was set since it was measured, as the command was sent and answered', () => {
    const command = fc.record({ sent: ms(100, 9_000), began: ms(0, 50), took: ms(0, 90) });
    fc.assert(
      fc.property(echoes, command, ms(-5000, 5000), (list, { sent, began, took }, step) => {
        const truth = sent + began;
        const samples = list.map(({ at, there, back }) => echo(-at, there, back, () => 7));
        const instant = heldBetween(instantOf(samples, truth + 7 + step), {
          startedMs: sent,
          endedMs: truth + took,
        });
        // A step that its own bar cannot tell from none may move it by that bar, and no more than the command lasted.
        const off = Math.abs(instant.atMs - truth);
        expect(off).toBeLessThanOrEqual(Math.max(instant.errorMs, began + took) + slack);
        if (Math.abs(step) > 200) expect(off).toBeLessThanOrEqual(instant.errorMs + slack);
      }),
    );
  });

  it('narrows a bar that is wider than the command was long, and leaves a narrow one inside it as it is', () => {
    const between = { startedMs: 1000, endedMs: 1020 };
    expect(heldBetween({ atMs: 1005, errorMs: 40 }, between)).toEqual({ atMs: 1010, errorMs: 10 });
    expect(heldBetween({ atMs: 1005, errorMs: 2 }, between)).toEqual({ atMs: 1005, errorMs: 2 });
    expect(heldBetween({ atMs: 1505, errorMs: 2 }, between)).toEqual({ atMs: 1010, errorMs: 10 });
  });

  it('keeps the true instant inside the bar, for any asymmetric round trips and any drift allowed', () => {
    const drift = ms(-driftAllowance, driftAllowance);
    fc.assert(
      fc.property(echoes, ms(-5000, 5000), drift, ms(-60_000, 660_000), (list, start, rate, truth) => {
        const offset = (at: number) => start + rate * at;
        const samples = list.map(({ at, there, back }) => echo(at, there, back, offset));
        const instant = instantOf(samples, truth + offset(truth));
        expect(Math.abs(instant.atMs - truth)).toBeLessThanOrEqual(instant.errorMs + slack);
      }),
    );
  });

  it('keeps it there also between samples that a step divides', () => {
    fc.assert(
      fc.property(
        ms(-5000, 5000),
        ms(100, 5000),
        ms(1000, 9000),
        ms(1000, 9000),
        (start, step, stepAt, truth) => {
          const offset = (at: number) => (at < stepAt ? start : start + step);
          const samples = [0, 10_000].map((at) => echo(at, 3, 5, offset));
          const known = offsetAt(samples, truth);
          expect(Math.abs(known.offsetMs - offset(truth))).toBeLessThanOrEqual(known.errorMs + slack);
          expect(known.errorMs).toBeGreaterThanOrEqual(step / 2 - 8);
        },
      ),
    );
  });

  it('is known worse the further from a sample, and better between two than from one', () => {
    const one = [{ atMs: 0, offsetMs: 7, errorMs: 0.1 }];
    const two = [...one, { atMs: 10_000, offsetMs: 7, errorMs: 0.1 }];
    const error = (samples: OffsetSample[], at: number) => offsetAt(samples, at).errorMs;
    expect(error(one, 5000)).toBeCloseTo(0.1 + 5000 * driftAllowance, 3);
    expect(error(one, 10_000)).toBeGreaterThan(error(one, 5000));
    expect(error(two, 10_000)).toBeCloseTo(0.1, 3);
    expect(error(two, 2000)).toBeCloseTo(0.1 + 2000 * driftAllowance, 3);
    expect(offsetAt(two, 5000).offsetMs).toBeCloseTo(7, 9);
  });

  it('forgets what lies beyond a step once the clock was measured again', () => {
    const samples = [
      { atMs: 0, offsetMs: 0, errorMs: 0.1 },
      { atMs: 1000, offsetMs: 500, errorMs: 0.1 },
      { atMs: 2000, offsetMs: 500, errorMs: 0.1 },
    ];
    expect(offsetAt(samples, 1500).offsetMs).toBeCloseTo(500, 9);
    expect(offsetAt(samples, 3000).offsetMs).toBeCloseTo(500, 9);
    expect(offsetAt(samples, 500).errorMs).toBeGreaterThan(250);
  });

  it('shows a step only where errors and drift do not explain it', () => {
    const at = (atMs: number, offsetMs: number) => ({ atMs, offsetMs, errorMs: 0.5 });
    expect(stepBetween(at(0, 0), at(10_000, 5.9))).toBeNull();
    const step = stepBetween(at(0, 0), at(10_000, -40));
    expect(step?.ms).toBe(-40);
    expect(step?.errorMs).toBeCloseTo(1 + 10_000 * driftAllowance, 9);
  });

  it('is unknown without samples, and the best sample is the quickest echo', () => {
    expect(offsetAt([], 0)).toEqual({ offsetMs: 0, errorMs: unmeasuredMs });
    expect(instantOf([], 5).errorMs).toBeGreaterThanOrEqual(unmeasuredMs);
    expect(bestSample([])).toBeNull();
    const samples = [3, 1, 2].map((errorMs) => ({ atMs: errorMs, offsetMs: 0, errorMs }));
    expect(bestSample(samples)?.errorMs).toBe(1);
    expect(toObserver(1000, { offsetMs: 250, errorMs: 2 })).toEqual({ atMs: 750, errorMs: 2 });
  });
});
