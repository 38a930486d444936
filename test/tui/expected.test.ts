// What is expected while a handover is under way, also where the logs' lines come late.
import { expect, test } from 'vitest';
import { handover, stopAtMs } from './stream.ts';
import { composedText } from './subject.ts';

/** `expected 13.0 to 23.8 s … half by 17.3 s`, as the strip says it. */
function expectedAt(lateMs: number) {
  const atMs = stopAtMs + 1000;
  const observations = handover().filter((one) => one.atMs <= (one.kind === 'log' ? atMs - lateMs : atMs));
  const text = composedText({ atMs, plan: null, observations });
  const found = /expected ([\d.]+) to ([\d.]+) s[\s\S]*half by ([\d.]+) s/.exec(text);
  if (!found) throw new Error(`nothing is expected in\n${text}`);
  const [min = 0, max = 0, half = 0] = found.slice(1).map(Number);
  return { min, max, half };
}

test('lines that come up to 5 s late narrow nothing that is not known yet', () => {
  for (const lateMs of [0, 1000, 2500, 4000, 5000, 8000]) {
    const { min, max, half } = expectedAt(lateMs);
    const told = `${lateMs} ms late: ${min} to ${max} s, half by ${half} s`;
    expect(half, told).toBeGreaterThanOrEqual(min);
    expect(half, told).toBeLessThanOrEqual(max);
    // What came of it: 16.3 s.
    expect(min, told).toBeLessThanOrEqual(16.3);
    expect(max, told).toBeGreaterThanOrEqual(16.4);
  }
  expect(expectedAt(6000)).toMatchObject({ min: 13, max: 23.8 });
});
