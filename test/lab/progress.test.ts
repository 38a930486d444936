// How far one got, in a file: kept, taken up, forgotten; what cannot be read is no progress.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileProgress } from '../../src/lab/progress.ts';
import { progressFile } from '../../src/lab/progressplace.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kha-lab-'));
});

afterEach(() => rm(folder, { recursive: true }));

const state = {
  version: 1,
  lab: 'small',
  step: 'lose',
  passed: ['first'],
  guesses: { lose: 'long' },
} as const;

test('is kept, found again and cleared, for the owner alone', async () => {
  const file = progressFile('small', { XDG_STATE_HOME: folder });
  expect(file.startsWith(folder)).toBe(true);
  const progress = fileProgress(file);
  expect(await progress.load()).toBeNull();
  await progress.save({ ...state, passed: ['first'] });
  expect(await fileProgress(file).load()).toEqual(state);
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect(await readdir(dirname(file))).toHaveLength(1);
  await progress.clear();
  expect(await progress.load()).toBeNull();
});

test('a file that is not ours, or a half one, is no progress', async () => {
  const file = join(folder, 'x.json');
  await writeFile(file, '{"version":1,"lab":"sm');
  expect(await fileProgress(file).load()).toBeNull();
  await writeFile(file, '{"version":2}');
  expect(await fileProgress(file).load()).toBeNull();
});

test('a relative XDG_STATE_HOME is ignored, and a lab cannot name a file elsewhere', () => {
  expect(progressFile('x', { XDG_STATE_HOME: 'state' })).toMatch(
    /\.local\/state\/kha-lab\/progress\/x\.json$/,
  );
  expect(dirname(progressFile('../../x', { XDG_STATE_HOME: folder }))).toBe(
    join(folder, 'kha-lab', 'progress'),
  );
});
