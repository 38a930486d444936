// A recording is played, paused, sought and stepped through as its keys say, on a clock of the test's own.
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createPlayback, type Player } from '../../src/commands/playback.ts';
import type { Observation } from '../../src/model/observation.ts';
import { SceneFold } from '../../src/model/scenefold.ts';
import { loadRecording } from '../../src/recording/load.ts';
import { memoryReel } from '../../src/recording/reel.ts';

const file = join(import.meta.dirname, '../fixtures/recordings/stop-endpoints.ndjson.gz');
let tape: readonly Observation[] = [];
let now = 0;
let player: Player | null = null;

beforeAll(async () => {
  tape = (await loadRecording(file)).tape;
});
afterEach(() => {
  player?.stop();
  vi.useRealTimers();
});

function played(speed = 1) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  now = 0;
  const made = createPlayback(memoryReel(tape), { clock: () => now, speed });
  player = made;
  let fold = new SceneFold();
  made.feed.subscribe((one) => {
    if (one.kind === 'run') fold = new SceneFold();
    fold.see(one);
  });
  const { playback } = made.feed;
  if (!playback) throw new Error('a replay has controls');
  return {
    playback,
    scene: () => fold.scene,
    /** As if so much time had gone by. */
    passes(ms: number) {
      now += ms;
      vi.advanceTimersByTime(50);
    },
  };
}

/** When the two faults were issued. */
const faults = () =>
  tape.filter((one) => one.kind === 'fault' && one.phase === 'issued').map(({ atMs }) => atMs);

it('plays at its speed, from 0.25 to 64, and stands still while paused', () => {
  const { playback, passes } = played();
  passes(1000);
  expect(playback.positionMs).toBe(1000);
  for (let i = 0; i < 9; i += 1) playback.faster();
  expect(playback.speed).toBe(64);
  passes(100);
  expect(playback.positionMs).toBe(7400);
  playback.toggle();
  passes(5000);
  expect([playback.playing, playback.positionMs]).toEqual([false, 7400]);
  for (let i = 0; i < 12; i += 1) playback.slower();
  playback.toggle();
  passes(4000);
  expect([playback.speed, playback.positionMs]).toEqual([0.25, 8400]);
});

it('ends where the recording ends, and begins anew from there', () => {
  const { playback, passes, scene } = played(64);
  passes(1e6);
  expect([playback.playing, playback.positionMs, scene().ended]).toEqual([false, playback.lengthMs, 0]);
  playback.toggle();
  expect([playback.playing, playback.positionMs, scene().ended]).toEqual([true, 0, null]);
});

it('seeks to and fro, and shows what was so at that moment', () => {
  const { playback, scene } = played();
  const [first = 0] = faults();
  playback.seek(playback.lengthMs);
  expect(scene().timeline.rounds).toHaveLength(2);
  playback.seek(first - 1);
  const named = () => scene().timeline.rounds[0]?.marks.map(({ name }) => name);
  expect(named()).not.toContain('faultIssued');
  playback.seek(first + 3000);
  expect(scene().timeline.rounds.map(({ phase }) => phase)).toEqual(['faulted']);
  expect(named()).toContain('faultIssued');
  playback.seek(-5);
  expect([playback.positionMs, scene().timeline.rounds]).toEqual([0, []]);
});

it('jumps to shortly before each handover, forth and back', () => {
  const { playback } = played();
  playback.toggle();
  const [first = 0, second = 0] = faults();
  const at = () => Math.round(playback.positionMs);
  playback.nextHandover();
  expect(at()).toBe(Math.round(first - 1000));
  playback.nextHandover();
  expect(at()).toBe(Math.round(second - 1000));
  playback.nextHandover();
  expect(at()).toBe(Math.round(second - 1000));
  playback.previousHandover();
  expect(at()).toBe(Math.round(first - 1000));
  playback.previousHandover();
  expect(at()).toBe(0);
});

it('steps from mark to mark, and back over the same ones', () => {
  const { playback } = played();
  playback.toggle();
  const there: number[] = [];
  for (let last = -1; playback.positionMs !== last; playback.nextMark()) {
    last = playback.positionMs;
    there.push(last);
  }
  const back: number[] = [playback.positionMs];
  while (playback.positionMs > 0) {
    playback.previousMark();
    back.push(playback.positionMs);
  }
  expect(there.length).toBeGreaterThan(15);
  expect(back.reverse()).toEqual(there);
  for (const ms of faults()) expect(there).toContain(ms);
});

it('goes back twice while it plays', () => {
  const { playback, passes } = played();
  const [first = 0, second = 0] = faults();
  playback.seek(second + 5000);
  playback.previousHandover();
  passes(100);
  playback.previousHandover();
  expect(Math.round(playback.positionMs)).toBe(Math.round(first - 1000));
});

it('keeps what matters of a recording that is too long', async () => {
  const { tape: short, remarks } = await loadRecording(file, 700);
  expect(short.length).toBeLessThanOrEqual(700);
  expect(remarks).toEqual([
    expect.stringMatching(/too long to be shown whole: \d+ lines of lesser importance/),
  ]);
  const kinds = (all: readonly Observation[], kind: string) => all.filter((one) => one.kind === kind).length;
  for (const kind of ['round', 'fault', 'leader', 'command', 'instance', 'run', 'end'])
    expect(kinds(short, kind)).toBe(kinds(tape, kind));
  await expect(loadRecording(file, 20)).rejects.toMatchObject({ code: 'recording-too-long', exit: 2 });
});
