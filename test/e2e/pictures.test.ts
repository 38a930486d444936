// The pictures on the pages are what the program draws of the recording it brings along.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';

const root = join(import.meta.dirname, '../..');

it('docs/pictures is not stale: npm run pictures draws it', async () => {
  const home = makeHome();
  const recording = join(root, 'recordings/demo.ndjson.gz');
  expect(await kha(home, ['report', recording, '--svg', 'drawn', '--quiet'])).toMatchObject({ exitCode: 0 });
  const drawn = readdirSync(join(home.work, 'drawn'));
  expect(readdirSync(join(root, 'docs/pictures'))).toEqual(drawn);
  for (const name of drawn) {
    const now = readFileSync(join(home.work, 'drawn', name), 'utf8');
    expect(readFileSync(join(root, 'docs/pictures', name), 'utf8')).toBe(now);
  }
});

it('they are shown', () => {
  const pages = ['README.md', 'docs/reports.md']
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
  for (const name of readdirSync(join(root, 'docs/pictures'))) expect(pages).toContain(`pictures/${name})`);
});
