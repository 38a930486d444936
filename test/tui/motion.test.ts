// Reduced motion: nothing moves by itself more than once a second, and what counts does so in whole seconds.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LabFeed } from '../../src/model/labplan.ts';
import type { Observation } from '../../src/model/observation.ts';
import { Store } from '../../src/tui/store.ts';
import { tickFor } from '../../src/tui/tick.ts';
import { firstView } from '../../src/tui/view.ts';
import { handover, stopAtMs, takenAtMs } from './stream.ts';
import { composedText, subjectAt } from './subject.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const calm = { playing: null, calm: true } as const;

test('a stopwatch is looked at once a second instead of ten times, ages seldom, a paused replay never', () => {
  const timed = subjectAt({ atMs: stopAtMs + 8300 }).scene;
  expect(tickFor(timed, firstView, { playing: null, calm: false })).toBe(100);
  expect(tickFor(timed, firstView, calm)).toBe(1000);
  const idle = subjectAt({ atMs: 15_000 }).scene;
  expect(tickFor(idle, firstView, calm)).toBe(5000);
  expect(tickFor(timed, firstView, { playing: false, calm: true })).toBeNull();
});

test('the stopwatch counts whole seconds, and keeps what was measured to the millisecond', () => {
  const wish = { columns: 60, rows: 15, calm: true };
  const texts = [0, 100, 300, 900].map((after) => composedText({ ...wish, atMs: stopAtMs + 8000 + after }));
  for (const text of texts) expect(text).toMatch(/ 8 s {3}stop on kuberm/);
  expect(composedText({ ...wish, atMs: stopAtMs + 9000 })).toMatch(/ 9 s {3}stop on kuberm/);
  expect(composedText({ ...wish, atMs: takenAtMs + 3000 })).toMatch(/16\.335 s ± 0\.4 ms/);
});

test('however fast news comes, there is a picture a second; a key is answered at once', () => {
  let hear: (one: Observation) => void = () => {};
  const feed: LabFeed = {
    ...{ plan: () => null, explanation: () => null, intend: () => {}, nowMs: () => 0 },
    subscribe(listener) {
      hear = listener;
      return () => {};
    },
  };
  const store = new Store(feed, 1000);
  let pictures = 0;
  store.onChange(() => {
    pictures += 1;
  });
  vi.advanceTimersByTime(1000);
  for (const one of handover().slice(0, 100)) {
    hear(one);
    vi.advanceTimersByTime(100);
  }
  expect(pictures).toBeGreaterThanOrEqual(10);
  expect(pictures).toBeLessThanOrEqual(11);
  const before = pictures;
  store.look({ ...store.view, panel: 'help' });
  expect(pictures).toBe(before + 1);
  store.close();
});
