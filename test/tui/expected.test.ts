// What is expected while a handover is under way, also where the logs' lines come late.
import { expect, test } from 'vitest';
import { handover, plan, stopAtMs } from './stream.ts';
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

/** What a step leads to expect whose fault types this, where a stopped scheduler would let its lock go. */
function forecastOf(...commands: readonly string[]): string | undefined {
  const [step] = plan.steps.slice(1);
  if (!step) throw new Error('no second step');
  const [action] = step.actions;
  if (!action) throw new Error('no action');
  const timer = 'systemctl stop kha-lab-return.timer';
  const typed = [...commands, timer].map((text) => ({ host: 'kuberm', text }));
  const changed = { ...plan, steps: [{ ...step, guess: null, actions: [{ ...action, commands: typed }] }] };
  const releasing = handover().map((one) =>
    one.kind === 'instance' && one.terms ? { ...one, terms: { ...one.terms, releasesOnStop: true } } : one,
  );
  const observations = releasing.filter((one) => one.kind !== 'round');
  const text = composedText({ atMs: stopAtMs - 1000, plan: changed, observations, rows: 40 });
  return /expected ([\d.]+ to [\d.]+) s after/.exec(text)?.[1];
}

test('before a fault its own kind is expected, though each round stops the timer of its way back', () => {
  expect(forecastOf('systemctl stop kube-scheduler.service')).toBe('0.0 to 4.4');
  expect(forecastOf('systemctl kill --signal=SIGKILL kube-scheduler.service')).toBe('13.0 to 23.8');
  const frozen = 'systemctl kill --signal=SIGSTOP kube-scheduler.service';
  expect(forecastOf(frozen, 'systemctl stop kube-scheduler.service')).toBe('13.0 to 23.8');
  expect(forecastOf('systemctl stop etcd.service')).toBeUndefined();
});

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

test('nothing is expected of a round whose fault is done on a standby', () => {
  const atMs = stopAtMs + 1000;
  const struck = (on: string) =>
    composedText({
      atMs,
      plan: null,
      observations: handover()
        .filter((one) => one.atMs <= atMs)
        .map((one) => (one.kind === 'round' ? { ...one, on } : one)),
    });
  expect(struck('kuberm')).toMatch(/expected [\d.]+ to/);
  expect(struck('kuberm2')).not.toMatch(/expected [\d.]+ to/);
});
