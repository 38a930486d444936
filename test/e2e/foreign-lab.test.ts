// A lab from elsewhere, out of a folder or a package: it shows what it would run and asks first.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { registryOf } from './drivers/registry.ts';
import { Terminal } from './drivers/terminal.ts';

const home = makeHome();

it('asks at a terminal, with every command and where it runs, and does nothing on a no', async () => {
  await kha(home, ['labs', 'new', 'theirs']);
  const file = join(home.work, 'theirs/ask/step.md');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('hints:', 'solve: [{ run: solve.sh, on: each, sudo: true }]\nhints:'),
  );
  writeFileSync(join(home.work, 'theirs/ask/solve.sh'), 'echo one\nrm -rf /tmp/theirs\n');
  const person = await Terminal.run(home, { columns: 110, args: ['lab', './theirs'] });
  const asked = await person.sees(/Go on\? \[yes\/no\]/);
  expect(asked).toContain('"Theirs"');
  expect(asked).toContain("on first master: kubectl -n kube-system get '{{lock-resource.kube-scheduler}}'");
  expect(asked).toContain("on each master: sudo -n sh -c 'echo one");
  expect(asked).toContain('rm -rf /tmp/theirs');
  expect(asked).toContain('On a sandbox these run as you, on this machine.');
  person.press('n').press('enter');
  expect(await person.ends(2)).toContain('Nothing was done.');
  expect(home.recordings()).toEqual([]);
});

it('is refused where nobody can be asked, unless somebody gave his word', async () => {
  await kha(home, ['labs', 'new', 'mine']);
  for (const flags of [[], ['--json'], ['--no-input']]) {
    const { exitCode, stderr } = await kha(home, ['lab', './mine', '--auto', '--sandbox', ...flags]);
    expect(stderr).toMatch(/not one of kha-lab's own.*\n.*--yes/);
    expect(exitCode).toBe(2);
  }
  expect((await kha(home, ['lab', './mine', '--dry-run', '--sandbox'])).exitCode).toBe(0);
  const ran = await kha(home, [
    'lab',
    './mine',
    '--auto',
    '--sandbox',
    '--yes',
    '--json',
    '--junit',
    'out.xml',
  ]);
  expect(ran.exitCode, ran.stderr).toBe(0);
  expect(onlyObject(ran)).toMatchObject({
    lab: 'mine',
    verdict: 'passed',
    steps: [
      { step: 'look', verdict: 'passed', checks: [{ id: 'one-leads', ok: true, why: expect.any(String) }] },
      { step: 'ask', verdict: 'passed', checks: [{ id: 'lock-read', ok: true }] },
    ],
    guesses: [],
    rounds: [],
  });
  expect(readFileSync(join(home.work, 'out.xml'), 'utf8')).toContain(
    '<testsuite name="mine.ask" tests="1" failures="0"',
  );
});

it('comes out of a package, none of whose scripts is run', { timeout: 400_000 }, async () => {
  const folder = join(home.work, 'package');
  mkdirSync(folder);
  await kha(home, ['labs', 'new', 'package/labs/first']);
  await kha(home, ['labs', 'new', 'package/labs/second']);
  const touch = `node -e "require('fs').writeFileSync('${home.work}/ran','')"`;
  const scripts = Object.fromEntries(
    ['prepack', 'prepare', 'preinstall', 'install', 'postinstall'].map((name) => [name, touch]),
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'some-labs', version: '1.2.0', scripts }),
  );
  const env = { npm_config_registry: await registryOf(folder), npm_config_cache: join(home.work, 'npm') };
  const run = (word: string) => kha(home, ['lab', word, '--dry-run', '--sandbox', '--json'], { env });

  const several = await run('npm:some-labs');
  expect(several).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('npm:some-labs#first, npm:some-labs#second'),
  });
  const one = await run('npm:some-labs@1.2.0#second');
  expect(one.exitCode, one.stderr).toBe(0);
  expect(onlyObject(one)).toMatchObject({ plan: { name: 'second', title: 'Second' } });
  expect(await run('npm:no-labs')).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('404') });
  for (const word of ['npm:../package', 'npm:https://127.0.0.1/x.tgz', 'npm:git+ssh://x', 'npm:'])
    expect(await run(word)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('names no npm package'),
    });
  expect(existsSync(join(home.work, 'ran'))).toBe(false);
  expect(readdirSync(join(home.env.HOME ?? '', '.cache/kha-lab/packages'))).toEqual(['some-labs-1.2.0']);
});
