// What the pages show is run as they show it, where it touches no masters: each command ends as it should.
import { cpSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { blocksOf, commandsOf, pages, textOf } from '../docs/pages.ts';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';

const recordings = join(import.meta.dirname, '../fixtures/recordings');
/** They read recordings, or nothing; what others do is shown by tests of their own. */
const harmless = ['predict', 'units', 'runs', 'report', 'compare', 'publish', 'help', 'completion'];

const shown = pages().flatMap((page) =>
  blocksOf(textOf(page))
    .filter(({ language }) => language === '')
    .flatMap(({ lines }) => lines.flatMap(commandsOf))
    .map((words) => (words[0] === 'npx' ? words.slice(1) : words))
    .filter(([program, name = '']) => program === 'kha-lab' && harmless.includes(name))
    .filter((words) => !words.includes('--compare'))
    .map((words) => ({ page, words: words.slice(1) })),
);

/** A working folder in which there is what the pages speak of. */
function folder() {
  const home = makeHome();
  const put = (name: string, from: string) => {
    mkdirSync(dirname(join(home.work, name)), { recursive: true });
    cpSync(join(recordings, `${from}.ndjson.gz`), join(home.work, name));
  };
  for (const name of [
    'run',
    'monday',
    'tuesday',
    'before',
    'after',
    'class/one',
    'class/two',
    'old/one',
    'new/one',
  ])
    put(`${name}.ndjson`, 'stop-endpoints');
  return home;
}

const home = folder();

it.each(shown.map(({ page, words }) => [page, words.join(' '), words] as const))(
  '%s: kha-lab %s',
  async (_page, _line, words) => {
    const { exitCode, stdout, stderr } = await kha(home, words);
    const place = words.includes('--out') ? join(home.work, words[words.indexOf('--out') + 1] ?? '') : null;
    if (place === null) expect(stdout).not.toBe('');
    else expect(statSync(place).size).toBeGreaterThan(0);
    // Two rounds a side are too few to be judged, and the page says so.
    expect({ exitCode, stderr }).toMatchObject({ exitCode: words[0] === 'compare' ? 3 : 0 });
  },
);

it('units prints JSON with the keys that its page shows', async () => {
  const block = blocksOf(textOf('docs/units.md')).find(({ lines }) => lines[0]?.includes('"kubernetes"'));
  const said = JSON.parse(block?.lines.join('\n') ?? '{}');
  const real = onlyObject(await kha(home, ['units', '--kubernetes', '1.20.2', '--json'])) as typeof said;
  expect(keysIn(said)).toEqual(keysIn(real));
});

function keysIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [keysIn(value[0])];
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysIn(inner)]));
}
