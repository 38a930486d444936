// Recordings that keep to JSON but not to sense: whatever is in a file, nothing that reads it throws but a sentence.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { resultOfRun, sceneOf } from '../../src/commands/retold.ts';
import { KhaError } from '../../src/model/failure.ts';
import { seededRandom } from '../../src/model/random.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { toJunit } from '../../src/publish/junit.ts';
import { toMarkdown } from '../../src/publish/markdown.ts';
import { toOpenMetrics } from '../../src/publish/openmetrics.ts';
import { readRecording } from '../../src/recording/read.ts';
import { announce } from '../../src/tui/linear.ts';

type Json = Record<string, unknown>;

const fixture = join(import.meta.dirname, '../fixtures/recordings/kill-leases.ndjson.gz');
const sane: readonly Json[] = gunzipSync(readFileSync(fixture))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter((one) => one.kind !== 'log' || (one.event !== null && one.event.is !== 'request'));
const file = join(mkdtempSync(join(tmpdir(), 'kha-odd-')), 'odd.ndjson');

const numbers = [-1e15, 1e300, 0, -0.5, 9e13];
const texts = ['', '__proto__', 'constructor', 'x'.repeat(300), '\u001b[2J', 'kuberm9', '2026', '\u{1f98a}'];

/** One value somewhere in it is another of its type. */
function spoil(whole: Json, random: () => number): void {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  let at = whole;
  for (;;) {
    const keys = Object.keys(at).filter((key) => key !== 'kind');
    if (keys.length === 0) return;
    const key = pick(keys);
    const value = at[key];
    if (typeof value === 'object' && value !== null) {
      at = value as Json;
      continue;
    }
    if (typeof value === 'number') at[key] = pick(numbers);
    if (typeof value === 'string') at[key] = pick(texts);
    if (typeof value === 'boolean') at[key] = !value;
    return;
  }
}

async function readEveryWay(lines: readonly Json[]): Promise<'read' | 'refused'> {
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  try {
    const scene = await sceneOf(file);
    const run = { file, startedAt: scene.run?.startedAt ?? '', result: resultOfRun(scene, file) };
    for (const write of [toJunit, toMarkdown, toOpenMetrics]) write([run]);
    let seen = emptyScene;
    for await (const one of readRecording(file)) {
      announce(seen, one);
      seen = seeScene(seen, one);
    }
    return 'read';
  } catch (error) {
    if (error instanceof KhaError) return 'refused';
    throw error;
  }
}

it('is read, or refused in a sentence, with values that make no sense, lines lost and lines twice', async () => {
  const random = seededRandom(5);
  const outcomes = new Set<string>();
  for (let round = 0; round < 60; round += 1) {
    const lines = structuredClone(sane) as Json[];
    for (let count = 0; count < 1 + random() * 12; count += 1)
      spoil(lines[Math.floor(random() ** 2 * lines.length)] ?? {}, random);
    if (random() < 0.3) lines.splice(1 + Math.floor(random() * 20), Math.floor(random() * 40));
    if (random() < 0.2) lines.push(...lines.slice(0, 30));
    outcomes.add(await readEveryWay(lines));
  }
  expect(outcomes).toEqual(new Set(['read', 'refused']));
}, 120_000);

it.each([
  ['a master called __proto__', 'instance', { host: '__proto__' }],
  ['a component called constructor', 'log', { component: 'constructor' }],
  ['a moment in another age', 'fault', { atMs: 1e300 }],
  ['a clock that is beyond all clocks', 'clock', { offsetMs: 1e300 }],
])('%s loses its line alone', async (_, kind, change) => {
  const at = sane.findIndex((one) => one.kind === kind);
  const lines = sane.map((one, index) => (index === at ? { ...one, ...change } : one));
  expect(await readEveryWay(lines)).toBe('read');
  let count = 0;
  for await (const __ of readRecording(file)) count += 1;
  expect(count).toBe(sane.length - 1);
});
