// A long recording played by its index shows the same, wherever one jumps, as when all of it is told from its beginning.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlayback, type Player } from '../../src/commands/playback.ts';
import { createPredictor } from '../../src/commands/prediction.ts';
import { findLab } from '../../src/lab/find.ts';
import { readLab } from '../../src/lab/read.ts';
import { retellLab } from '../../src/lab/retell.ts';
import type { Playback } from '../../src/model/labplan.ts';
import { seededRandom } from '../../src/model/random.ts';
import type { Scene } from '../../src/model/scene.ts';
import { itemsOf } from '../../src/model/trail.ts';
import { readTable } from '../../src/recording/indexed/file.ts';
import { loadRecording } from '../../src/recording/load.ts';
import { type OpenReelWish, openReel } from '../../src/recording/openreel.ts';
import { memoryReel, type Reel } from '../../src/recording/reel.ts';
import { Store } from '../../src/tui/store.ts';
import { bookKey } from '../../src/tui/view.ts';
import { longRun } from './longrun.ts';

const home = mkdtempSync(join(tmpdir(), 'kha-indexed-'));
const fixture = join(import.meta.dirname, '../fixtures/recordings/stop-endpoints.ndjson.gz');
const text = [...longRun({ fixture, times: 4 })].join('');
const short = text.slice(0, text.indexOf('\n', 900_000) + 1);
const file = join(home, 'long.ndjson');
const folder = join(home, 'indexes');
const opened: { close(): void }[] = [];

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(file, text);
});
afterAll(() => {
  for (const one of opened) one.close();
  rmSync(home, { recursive: true });
});

/** Blocks as short as they come: a batch of lines each. */
async function open(of = file, wish: Partial<OpenReelWish> = {}): Promise<{ reel: Reel; read: boolean }> {
  let read = false;
  const onProgress = (bytes: number | null) => {
    read ||= bytes !== null;
  };
  const reel = await openReel(of, { folder, version: '1', limit: 1000, blockBytes: 1, onProgress, ...wish });
  opened.push(reel);
  return { reel, read };
}

function shown(reel: Reel): { playback: Playback; store: Store; player: Player } {
  const player = createPlayback(reel, { clock: () => 0, speed: 1 });
  const store = new Store(player.feed);
  opened.push({ close: () => store.close() }, { close: () => player.stop() });
  const { playback } = player.feed;
  if (!playback) throw new Error('a replay has controls');
  return { playback, store, player };
}

/** As values: its rounds are read when somebody looks. */
const plain = ({ timeline, ...rest }: Scene) => {
  const { rounds, lately, open } = timeline;
  const evidence = open && itemsOf(open.evidence);
  return { ...rest, rounds, lately: itemsOf(lately), begun: open?.begun, evidence };
};

function lastLines(store: Store): unknown {
  return Object.values(store.scene.masters).map(({ name, logs }) =>
    Object.keys(logs).map((component) => {
      const own = store.book(bookKey(name, component));
      return { name, component, total: own.total, lines: own.tail(25, () => true) };
    }),
  );
}

describe('seeking by the index', { timeout: 120_000 }, () => {
  it('to and fro shows the same scene and the same last lines, plain and gzipped', async () => {
    const zipped = join(home, 'long.ndjson.gz');
    writeFileSync(zipped, gzipSync(text));
    const { tape } = await loadRecording(file);
    const long = shown((await open(file)).reel);
    const packed = shown((await open(zipped)).reel);
    const whole = shown(memoryReel(tape));
    expect(long.playback.lengthMs).toBe(whole.playback.lengthMs);
    const random = seededRandom(7);
    for (let jump = 0; jump < 5; jump += 1) {
      const ms = random() * whole.playback.lengthMs;
      for (const { playback } of [long, packed, whole]) playback.seek(ms);
      expect(plain(long.store.scene)).toEqual(plain(whole.store.scene));
      expect(plain(packed.store.scene)).toEqual(plain(whole.store.scene));
      expect(lastLines(long.store)).toEqual(lastLines(whole.store));
      // The next fault, by jumps of its own.
      for (const { playback } of [long, whole]) playback.nextHandover();
      expect(long.playback.positionMs).toBe(whole.playback.positionMs);
      expect(plain(long.store.scene)).toEqual(plain(whole.store.scene));
    }
    for (const { playback } of [long, packed]) playback.seek(playback.lengthMs);
    expect(long.store.scene.timeline.rounds).toHaveLength(8);
    expect([long.store.scene.ended, packed.store.scene.ended]).toEqual([0, 0]);
    long.playback.seek(0);
    expect([long.store.scene.run?.what, long.store.scene.timeline.rounds]).toEqual(['failover', []]);
  });

  it('tells who comes later what was told before', async () => {
    const { playback, store, player } = shown((await open()).reel);
    playback.seek(playback.lengthMs * 0.8);
    const late = new Store(player.feed);
    expect(plain(late.scene)).toEqual(plain(store.scene));
    playback.seek(playback.lengthMs * 0.3);
    expect(plain(late.scene)).toEqual(plain(store.scene));
    late.close();
  });

  it('ends with what a person should know of a recording that is cut', async () => {
    writeFileSync(file, text.slice(0, -5000));
    const { playback, store } = shown((await open()).reel);
    playback.seek(playback.lengthMs);
    expect(store.scene.problems.at(-1)?.message).toMatch(/without the end of its run/);
  });
});

describe('a lab by its index', { timeout: 120_000 }, () => {
  const walked = join(import.meta.dirname, '../fixtures/recordings/lab.ndjson.gz');
  const lab = join(home, 'lab.ndjson');
  beforeEach(() => writeFileSync(lab, [...longRun({ fixture: walked, times: 4 })].join('')));

  async function told(reel: Reel) {
    const player = createPlayback(reel, { clock: () => 0, speed: 1 });
    opened.push({ close: () => player.stop() });
    const { now: predicted, of: expected } = createPredictor();
    const entered = reel.cues.steps;
    const feed = retellLab({
      lab: await readLab(await findLab('ha-masters')),
      ...{ feed: player.feed, recording: 'x', entered, predicted, expected },
    });
    const store = new Store(feed);
    opened.push({ close: () => store.close() });
    if (!feed.playback) throw new Error('a replay has controls');
    const { playback } = feed;
    return { feed, store, playback, reel };
  }

  it('tells the same steps, explanations and rounds, wherever one jumps', async () => {
    const long = await told((await open(lab)).reel);
    const whole = await told(memoryReel((await loadRecording(lab)).tape));
    const random = seededRandom(5);
    const { steps, lengthMs } = whole.reel.cues;
    expect(long.reel.cues.steps).toEqual(steps);
    const moments = [
      ...Object.values(steps).map((ms) => ms + 1),
      ...Array.from({ length: 12 }, () => random() * lengthMs),
      lengthMs,
    ];
    let explained = 0;
    // To and fro, as long ways as there are.
    for (const ms of moments.flatMap((one, at) => [one, moments.at(-at) ?? 0])) {
      for (const { playback } of [long, whole]) playback.seek(ms);
      expect(long.store.scene.step).toBe(whole.store.scene.step);
      expect(long.feed.plan()).toEqual(whole.feed.plan());
      for (const step of Object.keys(steps)) {
        const then = whole.feed.explanation(step);
        expect([ms, step, long.feed.explanation(step)]).toEqual([ms, step, then]);
        explained += then === null ? 0 : 1;
      }
    }
    expect(explained).toBeGreaterThan(50);
  });

  it('goes to a step by its key', async () => {
    const { feed, store, playback } = await told((await open(lab)).reel);
    playback.seek(playback.lengthMs);
    feed.intend({ want: 'goto', step: 'look' });
    expect(store.scene.step).toBe('look');
    feed.intend({ want: 'goto', step: 'stop' });
    expect(store.scene.step).toBe('stop');
  });

  it('is made of a long one, however much more than lines it holds', async () => {
    const { reel, read } = await open(lab);
    expect([read, reel.head.length]).toEqual([true, 1]);
    const [name = ''] = readdirSync(folder);
    expect(readTable(join(folder, name))?.blocks.length).toBeGreaterThan(4);
  });
});

describe('the index', { timeout: 120_000 }, () => {
  const index = () => join(folder, readdirSync(folder)[0] ?? '');

  it('is made once, and anew when the recording has changed or the index is damaged', async () => {
    writeFileSync(file, short);
    expect((await open()).read).toBe(true);
    expect(statSync(index()).mode & 0o777).toBe(0o600);
    expect((await open()).read).toBe(false);
    const then = statSync(file).mtime;
    writeFileSync(file, short.replaceAll('kuberm2', 'kuberm9'));
    utimesSync(file, then, then);
    const changed = await open();
    expect(changed.read).toBe(true);
    const { playback, store } = shown(changed.reel);
    playback.seek(playback.lengthMs);
    expect(Object.keys(store.scene.masters)).toEqual(['kuberm', 'kuberm9']);
    expect((await open(file, { version: '2' })).read).toBe(true);
    expect((await open()).read).toBe(true);
    const whole = readFileSync(index());
    writeFileSync(index(), whole.subarray(0, whole.length / 2));
    expect((await open()).read).toBe(true);
    writeFileSync(index(), '');
    expect((await open()).read).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('says what to do where it is damaged in its midst', async () => {
    await open();
    const bytes = readFileSync(index());
    bytes.fill(0, 0, Math.floor(bytes.length / 2));
    writeFileSync(index(), bytes);
    const { reel } = await open();
    expect(() => reel.rewind(reel.cues.lengthMs * 0.4)).toThrow(
      expect.objectContaining({
        code: 'index-unreadable',
        tryThis: expect.stringContaining(`Remove ${folder}`),
      }),
    );
  });

  it('goes when ten others were looked at since', async () => {
    for (let one = 0; one < 11; one += 1) {
      const copy = join(home, `copy-${one}.ndjson`);
      writeFileSync(copy, short.slice(0, 600_000));
      await open(copy);
      rmSync(copy);
    }
    expect(readdirSync(folder)).toHaveLength(10);
  });

  it('is done without where none can be kept: what matters most is in memory', async () => {
    writeFileSync(join(home, 'no-folder'), '');
    const { reel } = await open(file, { folder: join(home, 'no-folder'), limit: 5000 });
    const { playback, store } = shown(reel);
    playback.seek(playback.lengthMs);
    expect(store.scene.timeline.rounds).toHaveLength(8);
    const said = store.scene.problems.map(({ message }) => message).join(' ');
    expect(said).toMatch(/lesser importance are left out/);
    expect(said).toMatch(/No index of it could be kept in .*no-folder/);
  });

  it('is not made of a short recording', async () => {
    expect((await open(file, { limit: 1e6 })).reel.head.length).toBeGreaterThan(8000);
    expect(() => readdirSync(folder)).toThrow();
  });
});
