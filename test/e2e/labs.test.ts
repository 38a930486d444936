// A lab of one's own from its beginning: made, linted, tried in a sandbox, walked unattended.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';

const home = makeHome();

it('a new lab lints, is proven by its test, and is listed', { timeout: 400_000 }, async () => {
  const made = await kha(home, ['labs', 'new', 'split-brain']);
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  expect(made.stdout).toContain('kha-lab labs test ./split-brain');
  expect(await kha(home, ['labs', 'lint'])).toMatchObject({
    exitCode: 0,
    stdout: './split-brain: no mistake\n',
  });
  const listed = onlyObject(await kha(home, ['labs', 'list', '--json']));
  expect(listed).toMatchObject({
    labs: expect.arrayContaining([
      expect.objectContaining({ title: 'HA masters' }),
      expect.objectContaining({ run: 'kha-lab lab ./split-brain', title: 'Split brain', steps: 2 }),
    ]),
  });
  const tested = await kha(home, ['labs', 'test', 'split-brain', '--json']);
  expect(tested.exitCode, tested.stderr).toBe(0);
  expect(onlyObject(tested)).toMatchObject({
    ok: true,
    labs: [
      {
        lab: 'split-brain',
        ok: true,
        faults: [],
        checks: [
          { step: 'look', id: 'one-leads', seenToFail: 'broken', seenToPass: true },
          { step: 'ask', id: 'lock-read', seenToFail: 'before', seenToPass: true },
        ],
      },
    ],
  });
  expect(tested.stderr).toMatch(/split-brain, solved: Who leads\n[\s\S]*split-brain, broken: Read its lock/);
  expect(home.recordings()).toEqual([]);
  await expectNothingLeft(home);
});

it('a check that nothing makes fail is named, and the test of the lab fails', {
  timeout: 400_000,
}, async () => {
  await kha(home, ['labs', 'new', 'weak']);
  const file = join(home.work, 'weak/look/step.md');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/# It holds[\s\S]*?(?=hints:)/, ''));
  const { exitCode, stdout } = await kha(home, ['labs', 'test', 'weak']);
  expect(stdout).toContain('./weak/look: check one-leads was never seen to fail');
  expect(stdout).toContain('./weak: not proven, 1 of 2 checks seen to fail and to pass');
  expect(exitCode).toBe(1);
});

it('every mistake is printed with its file and line, and ends in 1', async () => {
  await kha(home, ['labs', 'new', 'bad']);
  const file = join(home.work, 'bad/ask/step.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace('id: ask', 'id: ask\ntitel: Read'));
  rmSync(join(home.work, 'bad/look/step.md'));
  const { exitCode, stdout } = await kha(home, ['labs', 'lint', 'bad']);
  expect(stdout).toMatch(/^bad\/look\/step\.md:1: there is no such file$/m);
  expect(stdout).toMatch(/^bad\/ask\/step\.md:4: "titel" is not known here; did you mean "title"\?$/m);
  expect(stdout).toMatch(/^\.\/bad: 2 mistakes$/m);
  expect(exitCode).toBe(1);
  expect(await kha(home, ['labs', 'lint', 'nowhere'])).toMatchObject({ exitCode: 2 });
});
