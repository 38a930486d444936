// Every block of code on a page is what it claims to be: commands that there are, data that the schemas take.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listed } from '../../src/commands/help/commandtree.ts';
import { createProgram } from '../../src/commands/program.ts';
import { familiesOf } from '../../src/publish/metrics.ts';
import { realRun } from '../publish/runs.ts';
import { type Block, blocksOf, commandsOf, pages, root, textOf } from './pages.ts';
import { refusal } from './parsing.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const table = listed(createProgram(() => {}));
const metrics = familiesOf([await realRun('stop-endpoints')]).map(({ name }) => name);

/** What is wrong with a command of a block; null where it is one that is known and right. */
async function wrong(words: readonly string[]): Promise<string | null> {
  const [program = '', first = '', second = ''] = words;
  if (program === 'kha-lab') return refusal(words.slice(1));
  if (program === 'npx' && first === 'kha-lab') return refusal(words.slice(2));
  if (program === 'npm' && first === 'run') return second in scripts ? null : `no script ${second}`;
  if (program === 'npm' && ['start', 'test'].includes(first))
    return first in scripts ? null : `no script ${first}`;
  if (program === 'npm' && first === 'ci') return null;
  if (program === 'npx' && first === 'tsx') return readFileSync(join(root, second), 'utf8') ? null : 'empty';
  return `nothing is known of ${program}`;
}

/** An expression over metrics: every one of ours in it is published. */
const strangers = (line: string) =>
  (line.match(/\bkha_lab_\w+/g) ?? []).filter((name) => !metrics.includes(name));

async function mistakes(block: Block): Promise<readonly string[]> {
  const text = block.lines.join('\n');
  if (block.language === 'yaml') return schemaMistakes(text, parse(text));
  if (block.language === 'markdown') {
    const [, lead = ''] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
    return schemaMistakes('$schema=schema/lab-step.json', parse(lead));
  }
  if (text.startsWith('{')) return typeof JSON.parse(text) === 'object' ? [] : ['no object'];
  const found: string[] = [];
  for (const line of block.lines) {
    // What a command prints; the page is followed to the letter elsewhere, and this line compared.
    if (/: proven, \d+ of \d+ checks seen/.test(line)) continue;
    if (line.includes('kha_lab_')) found.push(...strangers(line));
    else
      for (const words of commandsOf(line)) {
        const why = await wrong(words);
        if (why !== null) found.push(`${words.join(' ')}: ${why}`);
      }
  }
  return found;
}

/** Held against the schema that the text names; data that names none only has to be there. */
function schemaMistakes(text: string, data: unknown): readonly string[] {
  const [, named] = /\$schema=(\S+)/.exec(text) ?? [];
  if (named === undefined) return data === null ? ['empty'] : [];
  const schema = JSON.parse(readFileSync(join(root, 'schema', basename(named)), 'utf8'));
  const ajv = new Ajv2020({ strict: false });
  const validate = ajv.compile(schema);
  return validate(data) ? [] : [ajv.errorsText(validate.errors)];
}

/** The first word of a command in passing that the program does not know; values stand for any. */
function unknownIn(code: string): string | null {
  const words = code.split(/\s+/);
  let at = table.find((one) => one.words.length === 0);
  while (at && at.below.length > 0 && /^[a-z]/.test(words[0] ?? '')) {
    const path = [...at.words, words.shift()].join(' ');
    at = table.find((one) => one.words.join(' ') === path);
    if (at === undefined) return `no command ${path}`;
  }
  const flags = at?.options.flatMap(({ long, short }) => [long, short]) ?? [];
  return words.find((word) => word.startsWith('-') && !flags.includes(word.replace(/=.*/, ''))) ?? null;
}

const all = pages().flatMap((page) => blocksOf(textOf(page)).map((block) => ({ page, block })));

describe.each(pages())('%s', (page) => {
  it('has only blocks that hold', async () => {
    const found: string[] = [];
    for (const { block } of all.filter((one) => one.page === page))
      found.push(...(await mistakes(block)).map((why) => `line ${block.line}: ${why}`));
    expect(found).toEqual([]);
  });

  it('names only commands and flags that there are', async () => {
    const found: string[] = [];
    for (const [, code = ''] of textOf(page).matchAll(/`(?:npx )?kha-lab ([^`]*)`/g)) {
      const why = unknownIn(code);
      if (why !== null) found.push(`${code}: ${why}`);
    }
    expect(found).toEqual([]);
  });
});

it('finds blocks of each sort, and mistakes in them', async () => {
  expect(all.filter(({ block }) => block.language === 'yaml').length).toBeGreaterThan(1);
  expect(all.filter(({ block }) => block.language === '').length).toBeGreaterThan(10);
  const said = async (text: string) => mistakes(blocksOf(text)[0] ?? { line: 0, language: '', lines: [] });
  expect(await said('\n    kha-lab failover --nope\n')).toEqual([
    expect.stringMatching(/unknown option '--nope'/),
  ]);
  expect(await said('\n    npx kha-lab check && npm run nope\n')).toEqual([
    expect.stringMatching(/no script nope/),
  ]);
  expect(await said('\n    kha_lab_nothing == 0\n')).toEqual(['kha_lab_nothing']);
  expect(unknownIn('chek --json')).toBe('no command chek');
  expect(unknownIn('labs test DIR --nope')).toBe('--nope');
  expect(await said('```yaml\n# $schema=schema/lab.json\ntitle: x\n```\n')).toHaveLength(1);
});
