// Recordings that are cut, damaged, newer or of another program: opened as far as they are whole, or refused in a sentence.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/model/random.ts';
import { readRecording } from '../../src/recording/read.ts';

const gzipped = readFileSync(join(import.meta.dirname, '../fixtures/recordings/stop-endpoints.ndjson.gz'));
const whole = gunzipSync(gzipped);
const lines = whole.toString('utf8').trimEnd().split('\n');
const folder = mkdtempSync(join(tmpdir(), 'kha-damaged-'));

interface Read {
  readonly count: number;
  readonly said: readonly string[];
}

async function read(bytes: Uint8Array | string): Promise<Read> {
  const file = join(folder, 'one.ndjson');
  writeFileSync(file, bytes);
  const said: string[] = [];
  let count = 0;
  for await (const _ of readRecording(file, (sentence) => said.push(sentence))) count += 1;
  return { count, said };
}

const cutWords = /^The recording ends [\d.]+ s after its beginning without the end of its run/;

describe('a recording cut', () => {
  it('at every byte of its last 4 KiB is read up to its last whole line', async () => {
    // The lines before are read as often as there are cuts: a short recording will do.
    const short = Buffer.from(`${[...lines.slice(0, 4), ...lines.slice(-14)].join('\n')}\n`);
    expect(short.length).toBeGreaterThan(4096);
    for (let cut = short.length - 4096; cut < short.length; cut += 1) {
      const kept = short.subarray(0, cut);
      const { count, said } = await read(kept);
      // The end itself is whole without its line end.
      const lastIsWhole = cut === short.length - 1 || short[cut] === 0x0a;
      const ends = kept.filter((byte) => byte === 0x0a).length;
      expect(count).toBe(ends + (lastIsWhole ? 1 : 0));
      if (cut < short.length - 1) expect(said).toEqual([expect.stringMatching(cutWords)]);
    }
  }, 180_000);

  it('anywhere while gzipped is read as far as it can be unpacked', async () => {
    expect((await read(gzipped)).count).toBe(lines.length);
    for (const part of [0.3, 0.6, 0.9]) {
      const { count, said } = await read(gzipped.subarray(0, Math.floor(gzipped.length * part)));
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(lines.length);
      expect(said).toEqual([expect.stringMatching(cutWords)]);
    }
  });

  it('before its first line is whole is refused', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'not-a-recording', exit: 2 });
    await expect(read(whole.subarray(0, 40))).rejects.toMatchObject({ code: 'not-a-recording' });
    await expect(read(gzipSync('').subarray(0, 5))).rejects.toMatchObject({ code: 'not-a-recording' });
  });
});

describe('a damaged file', () => {
  it('with random bytes anywhere is read up to them, or refused in a sentence', async () => {
    const random = seededRandom(11);
    const noise = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < 60; round += 1) {
      const damaged = Buffer.from(whole);
      const at = Math.floor(random() ** 3 * whole.length);
      noise(1 + Math.floor(random() * 4000)).copy(damaged, at);
      try {
        const { count } = await read(damaged);
        expect(count).toBeLessThanOrEqual(lines.length);
        outcomes.read += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: 'not-a-recording', exit: 2 });
        outcomes.refused += 1;
      }
    }
    expect(outcomes.read).toBeGreaterThan(0);
    await expect(read(noise(100_000))).rejects.toMatchObject({ code: 'not-a-recording' });
    await expect(read(Buffer.alloc(9_000_000))).rejects.toMatchObject({ code: 'not-a-recording' });
  });

  it('whose values are of other types loses those lines only, and says so', async () => {
    const swapped = lines.map((line, index) =>
      index === 5 ? line.replace(/"host":[^,]*/, '"host":7') : line,
    );
    const { count, said } = await read(swapped.join('\n'));
    expect(count).toBe(lines.length - 1);
    expect(said).toEqual([
      expect.stringMatching(/^Lines that this kha-lab cannot read were passed over: 1 of kind/),
    ]);
  });

  it('ending in one line that never ends is read up to it', async () => {
    const { count } = await read(Buffer.concat([whole, Buffer.alloc(9_000_000, 'x')]));
    expect(count).toBe(lines.length);
  });
});

describe('a recording of another program', () => {
  it('of a newer format is refused by its number', async () => {
    const newer = whole.toString('utf8').replace('"version":1', '"version":2');
    await expect(read(newer)).rejects.toMatchObject({
      code: 'newer-recording',
      exit: 2,
      message: expect.stringContaining('format 2'),
    });
  });

  it('of a newer version in this format is read without what is not known', async () => {
    const more = [...lines];
    more[0] = lines[0]?.replace('"target"', '"planet":"Mars","target"') ?? '';
    more.splice(3, 0, '{"seq":3,"atMs":1,"errorMs":0,"host":null,"kind":"weather","sky":"blue"}');
    const { count, said } = await read(more.join('\n'));
    expect(count).toBe(lines.length);
    expect(said).toEqual(['Lines that this kha-lab cannot read were passed over: 1 of kind "weather".']);
  });

  it.each([
    ['an asciicast', '{"version": 2, "width": 80, "height": 24}\n[0.1, "o", "hello"]\n'],
    ['a log', 'I1122 20:05:03.886 leaderelection.go:258] successfully acquired lease\n'],
    ['a JSON array', '[]\n'],
    ['null', 'null\n'],
    ['a number', '17\n'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('that is %s is refused', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'not-a-recording',
      message: expect.stringMatching(/is not a recording of kha-lab: /),
    });
  });
});
