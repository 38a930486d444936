// What the engine allows and what it refuses, and that what is under way is never left behind.
import { beforeEach, expect, test } from 'vitest';
import { type LabEngine, openLab } from '../../src/lab/engine.ts';
import type { Kept, Progress } from '../../src/lab/progress.ts';
import { retellLab } from '../../src/lab/retell.ts';
import { exits, KhaError } from '../../src/model/failure.ts';
import type { LabIntent, Playback } from '../../src/model/labplan.ts';
import { FakeWorld } from './fakeworld.ts';
import { smallLab } from './smalllab.ts';

let world: FakeWorld;

beforeEach(() => {
  world = new FakeWorld();
});

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Codes of the problems an intent brings. */
async function refused(engine: LabEngine, intent: LabIntent): Promise<readonly string[]> {
  const before = world.seen.length;
  engine.intend(intent);
  await engine.settled();
  await settle();
  return world.seen.slice(before).flatMap((o) => (o.kind === 'problem' ? [o.code] : []));
}

function checksTold(id: string): readonly boolean[] {
  return world.seen.flatMap((o) => (o.kind === 'check' && o.id === id ? [o.ok] : []));
}

async function atLose(): Promise<LabEngine> {
  world.healthy();
  world.renewals(1);
  const engine = openLab({ lab: smallLab(), world });
  await settle();
  engine.intend({ want: 'next' });
  engine.intend({ want: 'next' });
  await settle();
  expect(engine.step().id).toBe('lose');
  return engine;
}

test('an edge stays passed, a level is judged again, and only changes are told', async () => {
  const engine = openLab({ lab: smallLab(), world });
  await settle();
  expect(checksTold('first-level')).toEqual([]);
  world.healthy();
  world.renewals(1);
  await settle();
  expect(checksTold('first-level')).toEqual([true]);
  expect(checksTold('first-edge')).toEqual([true]);
  world.renewals(5);
  world.lock('kube-scheduler', 'kuberm2');
  world.say({ kind: 'host', state: 'lost', roundTripMs: null, detail: 'gone' }, 'kuberm');
  await settle();
  expect(checksTold('first-level')).toEqual([true, false]);
  expect(checksTold('first-edge')).toEqual([true]);
  world.say({ kind: 'host', state: 'up', roundTripMs: 1, detail: null }, 'kuberm');
  await settle();
  expect(checksTold('first-level')).toEqual([true, false, true]);
  await engine.close();
});

test('hints that wait for a check go once it has passed', async () => {
  const engine = openLab({ lab: smallLab(), world });
  expect(engine.plan().steps[0]?.hints).toEqual(['Always.', 'Only before a renewal.']);
  world.healthy();
  world.renewals(1);
  await settle();
  expect(engine.plan().steps[0]?.hints).toEqual(['Always.']);
  await engine.close();
});

test('commands run where they are meant to, with sudo shown', async () => {
  const engine = openLab({ lab: smallLab(), world });
  expect(await refused(engine, { want: 'act', action: 'on-leader' })).toEqual(['not-known-yet']);
  expect(engine.plan().steps[0]?.actions[0]?.commands).toEqual([]);
  world.healthy();
  world.lock('kube-scheduler', 'kuberm2');
  expect(engine.plan().steps[0]?.actions[0]?.commands).toEqual([{ host: 'kuberm2', text: 'sudo -n date' }]);
  expect(await refused(engine, { want: 'act', action: 'on-leader' })).toEqual([]);
  expect(await refused(engine, { want: 'act', action: 'on-each' })).toEqual([]);
  expect(world.ran).toEqual(['kuberm2: sudo -n date', 'kuberm: uptime', 'kuberm2: uptime']);
  await engine.close();
});

test('next needs the checks, except where a step only looks', async () => {
  const engine = openLab({ lab: smallLab(), world });
  expect(await refused(engine, { want: 'next' })).toEqual(['step-not-done']);
  expect(engine.step().id).toBe('first');
  world.healthy();
  world.renewals(1);
  expect(await refused(engine, { want: 'next' })).toEqual([]);
  expect(engine.missing()).toEqual(['ssh']);
  expect(await refused(engine, { want: 'next' })).toEqual([]);
  expect(engine.step().id).toBe('lose');
  await engine.close();
});

test('goto goes back at any time, and forward only past what is done', async () => {
  const engine = await atLose();
  expect(await refused(engine, { want: 'goto', step: 'last' })).toEqual(['step-not-done']);
  expect(await refused(engine, { want: 'goto', step: 'nowhere' })).toEqual(['no-such-step']);
  expect(await refused(engine, { want: 'goto', step: 'first' })).toEqual([]);
  expect(await refused(engine, { want: 'goto', step: 'lose' })).toEqual([]);
  expect(await refused(engine, { want: 'back' })).toEqual([]);
  expect(engine.step().id).toBe('reading');
  await engine.close();
});

test('a guess comes before its fault, from the choices, and not while the stopwatch runs', async () => {
  const engine = await atLose();
  expect(await refused(engine, { want: 'act', action: 'stop' })).toEqual(['guess-first']);
  expect(await refused(engine, { want: 'guess', choice: 'never' })).toEqual(['no-such-guess']);
  expect(await refused(engine, { want: 'guess', choice: 'short' })).toEqual([]);
  expect(await refused(engine, { want: 'guess', choice: 'long' })).toEqual([]);
  world.handover();
  expect(await refused(engine, { want: 'guess', choice: 'short' })).toEqual(['guess-too-late']);
  expect(engine.explanation('lose')).toBe('kuberm to kuberm2: 16.3 s');
  await engine.close();
});

test('one action at a time; a failure becomes a problem and the next may run', async () => {
  const engine = await atLose();
  engine.intend({ want: 'guess', choice: 'long' });
  let fail: (error: Error) => void = () => {};
  world.onFault = () =>
    new Promise((_, reject) => {
      fail = reject;
    });
  engine.intend({ want: 'act', action: 'stop' });
  const second = world.seen.length;
  engine.intend({ want: 'act', action: 'stop' });
  expect(world.seen.slice(second)).toMatchObject([{ kind: 'problem', code: 'busy' }]);
  fail(new KhaError({ code: 'not-armed', exit: exits.failed, message: 'No timer.', tryThis: 'Look.' }));
  await engine.settled();
  expect(world.seen.at(-1)).toMatchObject({ kind: 'problem', code: 'not-armed', tryThis: 'Look.' });
  world.onFault = () => Promise.resolve();
  expect(await refused(engine, { want: 'act', action: 'stop' })).toEqual([]);
  await engine.close();
});

test('once a fault is taken back, what is no fault need not wait for the end of its round', async () => {
  const engine = await atLose();
  engine.intend({ want: 'guess', choice: 'long' });
  let end: () => void = () => {};
  world.onFault = () =>
    new Promise((resolve) => {
      end = resolve;
    });
  engine.intend({ want: 'act', action: 'stop' });
  world.handover();
  engine.intend({ want: 'goto', step: 'first' });
  engine.intend({ want: 'act', action: 'on-each' });
  expect(world.seen.at(-1)).toMatchObject({ kind: 'problem', code: 'busy' });
  world.putBack();
  engine.intend({ want: 'act', action: 'on-each' });
  await settle();
  end();
  await engine.settled();
  expect(world.ran).toContain('kuberm2: uptime');
  await engine.close();
});

test('another fault waits for the end of a round that is taken back, instead of being refused; a third is', async () => {
  const engine = await atLose();
  engine.intend({ want: 'guess', choice: 'long' });
  const ends: (() => void)[] = [];
  world.onFault = () =>
    new Promise((resolve) => {
      ends.push(resolve);
    });
  engine.intend({ want: 'act', action: 'stop' });
  world.handover();
  world.putBack();
  engine.intend({ want: 'act', action: 'stop' });
  await settle();
  expect(world.seen.filter(({ kind }) => kind === 'problem')).toEqual([]);
  expect(ends).toHaveLength(1);
  engine.intend({ want: 'act', action: 'stop' });
  expect(world.seen.at(-1)).toMatchObject({ kind: 'problem', code: 'busy' });
  ends[0]?.();
  await settle();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await engine.settled();
  await engine.close();
});

test('closing aborts the fault and waits until it has put back what it took', async () => {
  const engine = await atLose();
  engine.intend({ want: 'guess', choice: 'long' });
  let aborted = false;
  let putBack: () => void = () => {};
  world.onFault = (signal) =>
    new Promise((resolve) => {
      putBack = resolve;
      signal.addEventListener('abort', () => {
        aborted = true;
      });
    });
  engine.intend({ want: 'act', action: 'stop' });
  let closed = false;
  const closing = engine.close().then(() => {
    closed = true;
  });
  await settle();
  expect(aborted).toBe(true);
  expect(closed).toBe(false);
  putBack();
  await closing;
  const after = world.seen.length;
  world.renewals(3);
  await settle();
  expect(world.seen.slice(after).filter(({ kind }) => kind === 'check' || kind === 'step')).toEqual([]);
});

test('a step entered again to lose it once more speaks of the leader now', async () => {
  const engine = await atLose();
  const text = () => engine.plan().steps[2]?.text;
  world.handover();
  expect(text()).toBe('kuberm leads.');
  world.putBack();
  expect(text()).toBe('kuberm leads.');
  await refused(engine, { want: 'back' });
  await refused(engine, { want: 'next' });
  expect(text()).toBe('kuberm2 leads.');
  await engine.close();
});

test('progress is kept by step, and a step that looks back is taken up at what it looks back on', async () => {
  let kept: Kept | null = null;
  const progress: Progress = {
    load: async () => kept,
    save: async (state) => {
      kept = state;
    },
    clear: async () => {},
  };
  world.healthy();
  world.renewals(1);
  const engine = openLab({ lab: smallLab(), world, progress });
  await settle();
  engine.intend({ want: 'next' });
  engine.intend({ want: 'next' });
  engine.intend({ want: 'guess', choice: 'long' });
  world.handover();
  await settle();
  engine.intend({ want: 'next' });
  await settle();
  await engine.finished;
  await engine.close();
  expect(kept).toMatchObject({ step: 'last', passed: ['first', 'lose', 'last'], guesses: { lose: 'long' } });

  world = new FakeWorld();
  const anew = openLab({ lab: smallLab(), world, resume: kept });
  expect(anew.step().id).toBe('first');
  await anew.close();

  world = new FakeWorld();
  const halfway = { version: 1 as const, lab: 'small', step: 'last', passed: ['first', 'lose'], guesses: {} };
  const again = openLab({ lab: smallLab(), world, resume: halfway });
  expect(again.step().id).toBe('lose');
  expect(await refused(again, { want: 'goto', step: 'last' })).toEqual(['step-not-done']);
  expect(await refused(again, { want: 'goto', step: 'first' })).toEqual([]);
  await again.close();
});

test('progress that cannot be kept is told once and stops nothing', async () => {
  const progress: Progress = {
    load: async () => null,
    save: () => Promise.reject(new Error('no space')),
    clear: async () => {},
  };
  world.healthy();
  world.renewals(1);
  const engine = openLab({ lab: smallLab(), world, progress });
  await settle();
  engine.intend({ want: 'next' });
  await settle();
  await engine.close();
  const told = world.seen.filter((o) => o.kind === 'problem');
  expect(told).toMatchObject([{ code: 'progress-not-kept' }]);
});

test('a recorded lab is told again from its stream alone', async () => {
  const engine = await atLose();
  engine.intend({ want: 'guess', choice: 'long' });
  world.handover();
  await settle();
  await engine.close();
  const feed = {
    plan: () => null,
    explanation: () => null,
    subscribe: (listener: Parameters<LabEngine['subscribe']>[0]) => {
      for (const o of [...world.seen, ...world.seen]) listener(o);
      return () => {};
    },
    intend: () => {},
    nowMs: () => 7,
  };
  const { recording } = world;
  const told = retellLab({ lab: smallLab(), feed, predicted: () => null, expected: () => null, recording });
  expect(told.plan()?.steps.map(({ text }) => text)).toEqual(engine.plan().steps.map(({ text }) => text));
  expect(told.explanation('lose')).toMatch(/^kuberm to kuberm2: \d+\.\d s$/);
  expect(told.plan()?.steps[0]?.actions[1]?.commands).toEqual([
    { host: 'kuberm', text: 'uptime' },
    { host: 'kuberm2', text: 'uptime' },
  ]);
});

test('in a replay the keys of steps go to where its run was in them, and nothing else is asked for', () => {
  const went: number[] = [];
  let hear: Parameters<LabEngine['subscribe']>[0] = () => {};
  const asked: LabIntent[] = [];
  const feed = {
    ...{ plan: () => null, explanation: () => null, nowMs: () => 7 },
    intend: (intent: LabIntent) => asked.push(intent),
    subscribe(listener: typeof hear) {
      hear = listener;
      return () => {};
    },
    playback: { seek: (ms: number) => went.push(ms) } as unknown as Playback,
  };
  const [first, second, third] = smallLab().steps.map(({ id }) => id);
  const entered = { [String(first)]: 10, [String(second)]: 20 };
  const told = retellLab({
    ...{ lab: smallLab(), feed, entered, recording: null },
    ...{ predicted: () => null, expected: () => null },
  });
  const stamp = { seq: 1, atMs: 10, errorMs: 0, host: null };
  hear({ ...stamp, kind: 'step', step: String(first), phase: 'entered' });
  told.intend({ want: 'next' });
  told.intend({ want: 'back' });
  told.intend({ want: 'goto', step: String(first) });
  // Where the run never was, the replay does not go.
  told.intend({ want: 'goto', step: String(third) });
  told.intend({ want: 'act', action: 'any' });
  expect(went).toEqual([20, 10]);
  expect(asked).toEqual([]);
});

test('one may begin at any step, or at the one it looks back on; what was jumped over is not done', async () => {
  world.healthy();
  let kept: Kept | null = null;
  const progress: Progress = {
    load: async () => kept,
    save: async (state) => {
      kept = state;
    },
    clear: async () => {},
  };
  const engine = openLab({ lab: smallLab(), world, progress, from: 'last' });
  expect(engine.step().id).toBe('lose');
  expect(await refused(engine, { want: 'goto', step: 'first' })).toEqual([]);
  expect(await refused(engine, { want: 'goto', step: 'lose' })).toEqual([]);
  await engine.close();
  expect(kept).toMatchObject({ step: 'lose', passed: [] });
});

test('a step done once more counts nothing of before', async () => {
  const engine = await atLose();
  engine.intend({ want: 'guess', choice: 'long' });
  world.onFault = async () => {
    world.handover();
  };
  engine.intend({ want: 'act', action: 'stop' });
  await engine.settled();
  await settle();
  expect(await refused(engine, { want: 'redo' })).toEqual(['busy']);
  world.putBack();
  await settle();
  expect(engine.missing()).toEqual([]);
  expect(await refused(engine, { want: 'redo' })).toEqual([]);
  expect(engine.step().id).toBe('lose');
  expect(engine.missing()).toEqual(['your guess', 'timed']);
  expect(await refused(engine, { want: 'act', action: 'stop' })).toEqual(['guess-first']);

  await refused(engine, { want: 'goto', step: 'first' });
  await refused(engine, { want: 'act', action: 'on-each' });
  expect(await refused(engine, { want: 'redo' })).toEqual([]);
  await settle();
  expect(engine.missing()).toEqual(['renewed']);
  await engine.close();
});
