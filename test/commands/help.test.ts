// The topics of help say what the program does: every exit code, every variable it reads, every key of the inventory.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { help } from '../../src/commands/help/help.ts';
import { topics } from '../../src/commands/help/topic.ts';
import { topicLines } from '../../src/commands/help/topiclines.ts';
import { knownKeys } from '../../src/inventory/knownkeys.ts';
import { parseInventory } from '../../src/inventory/read.ts';
import { inventoryJsonSchema } from '../../src/inventory/schema.ts';
import { exits } from '../../src/model/failure.ts';
import { printed } from './printed.ts';

const root = join(import.meta.dirname, '../..');

async function topic(name: string) {
  const found = await topics[name]?.load();
  if (found === undefined) throw new Error(`no topic ${name}`);
  return found;
}

it('exit-codes tells each there is, in the words of the README', async () => {
  const { entries } = await topic('exit-codes');
  expect(entries.map(({ term }) => Number(term))).toEqual(Object.values(exits));
  const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll('**', '');
  for (const { term, means } of entries) expect(readme).toContain(`| ${term} | ${means} |`);
});

it('environment tells each variable that the source reads', async () => {
  const { entries } = await topic('environment');
  const told = entries.flatMap(({ term }) => term.split(', '));
  const src = join(root, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const read = files.flatMap((name) =>
    [...readFileSync(join(src, name), 'utf8').matchAll(/\benv\??\.([A-Z][A-Z_]+)\b/g)].map(([, one]) => one),
  );
  // What programs of ours tell one another, what tests say, what libraries must not see, and what every program has.
  const inner = /^(KHA_DIST|KHA_SANDBOX_(PLACES|SERVICE|STYLE)|DEV|PATH)$/;
  expect(told).toEqual(expect.arrayContaining([...new Set(read)].filter((name) => !inner.test(name ?? ''))));
  expect(told.filter((name) => !read.includes(name))).toEqual([]);
});

it('inventory shows one that is read, and tells each key', async () => {
  const { example = '', entries } = await topic('inventory');
  expect(parseInventory(example, 'example').masters).toHaveLength(2);
  const told = entries.map(({ term }) => term);
  const schema = inventoryJsonSchema();
  const places: [string, readonly PropertyKey[]][] = [
    ['', []],
    ['masters[].', ['masters', 0]],
    ['masters[].ssh.', ['masters', 0, 'ssh']],
    ['masters[].api.', ['masters', 0, 'api']],
    ['masters[].components.NAME.', ['masters', 0, 'components', 'x']],
    ['ssh.', ['ssh']],
    ['cluster.', ['cluster']],
    ['balancer.', ['balancer']],
    ['components.NAME.', ['components', 'x']],
  ];
  const keys = places.flatMap(([lead, path]) => knownKeys(schema, path).map((key) => `${lead}${key}`));
  expect(told.toSorted()).toEqual(keys.toSorted());
});

it.each(Object.keys(topics))('%s fits a terminal of 80 columns', async (name) => {
  const lines = topicLines(await topic(name), 80);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

it('tells of commands, of topics, and of what a word was meant to be', async () => {
  const asked = (...words: string[]) => printed((surroundings) => help({}, surroundings, ...words));
  expect((await asked()).stdout).toMatch(/^Usage: kha-lab[\s\S]*exit-codes {2}/);
  expect((await asked('labs', 'new')).stdout).toMatch(/^Usage: kha-lab labs new/);
  expect((await asked('exit-codes')).stdout).toMatch(/^Exit codes\n/);
  await expect(asked('exit-code')).rejects.toMatchObject({
    exit: 2,
    tryThis: expect.stringMatching(/ help exit-codes$/),
  });
  await expect(asked('labs', 'nope')).rejects.toMatchObject({ exit: 2 });
});
