// The man page that the package ships is the program's own, and is shown without a warning.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { listed } from '../../src/commands/help/commandtree.ts';
import { createProgram } from '../../src/commands/program.ts';
import { makeHome } from './drivers/home.ts';
import { cliFile, kha } from './drivers/program.ts';

const home = makeHome();
const file = () => join(dirname(cliFile()), '../man/kha-lab.1');
const hasMan = spawnSync('man', ['--version']).status === 0;

it('is what the program says', async () => {
  const { stdout, exitCode } = await kha(home, ['help', '--man']);
  expect(exitCode).toBe(0);
  expect(readFileSync(file(), 'utf8')).toBe(stdout);
});

it('begins no line of text with a request of roff that is none', () => {
  const requests = readFileSync(file(), 'utf8').match(/^[.'].*$/gm) ?? [];
  expect(requests.filter((line) => !/^\.(TH|SH|SS|TP|PP|RS|RE|nf|fi)\b/.test(line))).toEqual([]);
});

it.skipIf(!hasMan)('is shown by man without a warning, every command and flag in it (needs man)', () => {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '400', MANPAGER: 'cat' };
  const { stdout, stderr } = spawnSync('man', ['--warnings', '-l', file()], { encoding: 'utf8', env });
  expect(stderr).toBe('');
  const shown = stdout.replaceAll(/.\u0008/g, '').replaceAll(/ +/g, ' ');
  for (const { words, options } of listed(createProgram(() => {}))) {
    expect(shown).toContain(` ${['kha-lab', ...words].join(' ')}`);
    for (const { flags, long } of options)
      if (long !== '--help' && long !== '--version') expect(shown).toContain(flags);
  }
  expect(shown).toMatch(/^EXIT CODES$[\s\S]*^ENVIRONMENT$[\s\S]*^INVENTORY$/m);
});
