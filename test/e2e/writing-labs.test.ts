// The page for writers of labs, followed to the letter: what it says to write lints, and is proven by its test.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/writing-labs.md'), 'utf8');

it('a lab written as the page says is proven', { timeout: 400_000 }, async () => {
  const home = makeHome();
  const commands = [...page.matchAll(/^ {4}kha-lab (labs (?:new|lint|test) \S+)$/gm)].map(
    ([, words = '']) => words,
  );
  expect(commands).toEqual(['labs new leader-gone', 'labs lint ./leader-gone', 'labs test ./leader-gone']);
  const [begin = '', lint = '', prove = ''] = commands;
  expect((await kha(home, begin.split(' '))).exitCode).toBe(0);

  const files = [...page.matchAll(/^`(leader-gone\/\S+)`\n\n```\w+\n([\s\S]*?)^```$/gm)];
  expect(files.map(([, path]) => path)).toEqual([
    'leader-gone/lab.yaml',
    'leader-gone/look/step.md',
    'leader-gone/ask/step.md',
    'leader-gone/lose/step.md',
  ]);
  for (const [, path = '', text = ''] of files) {
    mkdirSync(dirname(join(home.work, path)), { recursive: true });
    writeFileSync(join(home.work, path), text);
  }
  expect(await kha(home, lint.split(' '))).toMatchObject({
    exitCode: 0,
    stdout: './leader-gone: no mistake\n',
  });
  const proven = await kha(home, prove.split(' '));
  expect(proven.stdout.trim(), proven.stderr).toBe(/^ {4}(.*: proven, .*)$/m.exec(page)?.[1]);
  expect(proven.exitCode).toBe(0);
});
