import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KhaError } from '../../src/model/failure.ts';
import type { Observation, RunBegun } from '../../src/model/observation.ts';
import { readRecording } from '../../src/recording/read.ts';
import { createRecorder } from '../../src/recording/recorder.ts';
import { openTape } from '../../src/recording/tape.ts';

const begun: RunBegun = {
  kind: 'run',
  version: 1,
  tool: 'kha-lab test',
  startedAt: '2026-11-22T19:50:00.000000Z',
  what: 'watch',
  target: 'sandbox',
  command: ['kha-lab', 'watch'],
  masters: [{ name: 'kuberm', address: '127.0.0.1' }],
};

function recorded(file: string) {
  const failures: KhaError[] = [];
  const tape = openTape({ file, onFailure: (error) => failures.push(error) });
  const recorder = createRecorder({ tape, clock: () => 5_000, startedMs: 1_000 });
  recorder.observe({ seen: begun, host: null, atMs: 1_000, errorMs: 0 });
  return { tape, recorder, failures };
}

async function all(file: string): Promise<Observation[]> {
  const seen: Observation[] = [];
  for await (const observation of readRecording(file)) seen.push(observation);
  return seen;
}

const fresh = () => join(mkdtempSync(join(tmpdir(), 'kha-recording-')), 'run.ndjson');

describe('a recording', () => {
  it('is on disk before a listener sees it, numbered, on the run clock', async () => {
    const file = fresh();
    const { recorder } = recorded(file);
    const onDisk: number[] = [];
    const seen = new Promise<Observation>((resolve) => {
      recorder.subscribe((observation) => {
        onDisk.push(readFileSync(file, 'utf8').trim().split('\n').length);
        resolve(observation);
      });
    });
    recorder.observe({
      seen: { kind: 'clock', offsetMs: 1.5, offsetErrorMs: 0.1 },
      host: 'kuberm',
      atMs: 3_500.1239,
      errorMs: 0.25,
    });
    expect(await seen).toMatchObject({
      seq: 1,
      atMs: 2500.124,
      errorMs: 0.25,
      host: 'kuberm',
      kind: 'clock',
    });
    expect(onDisk).toEqual([2]);
    recorder.close();
    expect(await all(file)).toHaveLength(2);
  });

  it('is read up to its last whole line, wherever a crash cut it', async () => {
    const file = fresh();
    const { recorder } = recorded(file);
    recorder.observe({ seen: { kind: 'end', exit: 0 }, host: null, atMs: 2_000, errorMs: 0 });
    recorder.close();
    const size = readFileSync(file).length;
    truncateSync(file, size - 4);
    expect((await all(file)).map(({ kind }) => kind)).toEqual(['run']);
    appendFileSync(file, '\u0000\u0000garbage');
    expect((await all(file)).map(({ kind }) => kind)).toEqual(['run']);
  });

  it('says of a missing end that it is missing, and of a whole one nothing', async () => {
    const file = fresh();
    const { recorder } = recorded(file);
    recorder.observe({ seen: { kind: 'end', exit: 0 }, host: null, atMs: 13_345, errorMs: 0 });
    recorder.close();
    const said: string[] = [];
    const read = async () => {
      for await (const _ of readRecording(file, (sentence) => said.push(sentence)));
    };
    await read();
    expect(said).toEqual([]);
    truncateSync(file, readFileSync(file).length - 4);
    await read();
    expect(said).toEqual([
      'The recording ends 0.0 s after its beginning without the end of its run: what came after is missing.',
    ]);
  });

  it('says what is wrong with a file of another program', async () => {
    const file = fresh();
    appendFileSync(file, '{"hello":1}\n');
    await expect(all(file)).rejects.toMatchObject({ code: 'not-a-recording', exit: 2 });
    await expect(all(`${file}.missing`)).rejects.toMatchObject({ code: 'not-a-recording' });
  });

  it('fails once, with exit 7, on a full disk, and goes on showing what is seen', async () => {
    const { recorder, failures } = recordedOnFullDisk();
    const seen: string[] = [];
    recorder.subscribe(({ kind }) => seen.push(kind));
    recorder.observe({ seen: { kind: 'end', exit: 0 }, host: null, atMs: 2_000, errorMs: 0 });
    recorder.observe({ seen: { kind: 'end', exit: 0 }, host: null, atMs: 2_000, errorMs: 0 });
    recorder.close();
    expect(failures.map(({ code, exit }) => ({ code, exit }))).toEqual([
      { code: 'recording-failed', exit: 7 },
    ]);
    expect(failures[0]?.message).toContain('disk is full');
    expect(seen).toEqual(['end', 'end']);
  });
});

describe('a recording that somebody takes away', () => {
  const end = { seen: { kind: 'end', exit: 0 }, host: null, atMs: 2_000, errorMs: 0 } as const;

  const replace = (file: string) => {
    rmSync(file);
    writeFileSync(file, 'other');
  };

  it.each([
    ['deleted', (file: string) => rmSync(file)],
    ['with another in its place', replace],
  ])('fails once, with exit 7, and names no file: %s', (_, take) => {
    const file = fresh();
    const { tape, recorder, failures } = recorded(file);
    expect(tape.file).toBe(file);
    take(file);
    tape.verify();
    recorder.observe(end);
    recorder.close();
    expect(failures.map(({ code, exit }) => ({ code, exit }))).toEqual([
      { code: 'recording-failed', exit: 7 },
    ]);
    expect(failures[0]?.message).toContain(`${file} is not there any more`);
    expect(tape.file).toBeNull();
  });

  it('is noticed at its end at the latest, and one that was moved is whole where it went', async () => {
    const file = fresh();
    const { recorder, failures } = recorded(file);
    renameSync(file, `${file}.moved`);
    recorder.observe({ ...end, seen: { kind: 'clock', offsetMs: 1, offsetErrorMs: 1 } });
    recorder.close();
    expect(failures.map(({ exit }) => exit)).toEqual([7]);
    expect((await all(`${file}.moved`)).map(({ kind }) => kind)).toEqual(['run', 'clock']);
  });

  it('is none where it stays', () => {
    const { tape, recorder, failures } = recorded(fresh());
    tape.verify();
    recorder.observe(end);
    recorder.close();
    tape.verify();
    expect(failures).toEqual([]);
  });
});

function recordedOnFullDisk() {
  const failures: KhaError[] = [];
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  const tape = openTape({ file: fresh(), onFailure: (error) => failures.push(error) });
  // A file that JSON cannot be made of stands for the disk: the write throws where the disk would.
  const hostile = {
    toJSON: () => {
      throw full;
    },
  };
  const recorder = createRecorder({ tape, clock: () => 0, startedMs: 0 });
  recorder.observe({ seen: { ...begun, ...hostile }, host: null, atMs: 0, errorMs: 0 });
  return { recorder, failures };
}
