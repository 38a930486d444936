// kha-lab check without a terminal: the contract's JSON key by key, lines for a person, no colours, nothing left.
import { expect, it } from 'vitest';
import { checkAnswer } from './contract/check.ts';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';

const home = makeHome();

it('checks a sandbox made for it and prints one object', async () => {
  const ran = await kha(home, ['check', '--sandbox', '--json']);
  const answer = checkAnswer.parse(onlyObject(ran));
  const failed = [...answer.masters.flatMap(({ checks }) => checks), ...answer.cluster.checks].filter(
    ({ ok }) => !ok,
  );
  expect(failed).toEqual([]);
  expect(answer).toMatchObject({ ok: true, target: 'sandbox' });
  expect(answer.masters.map(({ name }) => name)).toEqual(['kuberm', 'kuberm2']);
  expect(answer.leaders).toEqual({ 'kube-scheduler': 'kuberm', 'kube-controller-manager': 'kuberm' });
  expect(ran.exitCode).toBe(0);
  await expectNothingLeft(home);
});

it('prints lines for a person: every check with its sign, no colours', async () => {
  const { exitCode, stdout, stderr } = await kha(home, ['check', '--sandbox'], { env: { NO_COLOR: '1' } });
  expect(`${exitCode} ${stderr}`).toBe('0 ');
  expect(stdout).toMatch(
    /^kuberm\n( {2}✓ .+: .+\n)+kuberm2\n( {2}✓ .+: .+\n)+cluster \(sandbox\)\n( {2}✓ .+\n)+$/,
  );
  expect(stdout).not.toContain('\x1b');
});

it('uses plain letters where the locale cannot show signs, and says only failures when quiet', async () => {
  const { stdout } = await kha(home, ['check', '--sandbox', '--quiet'], { env: { LANG: 'C' } });
  expect(stdout).toBe('');
  const plain = await kha(home, ['check', '--sandbox'], { env: { LANG: 'C' } });
  expect(plain.stdout).toMatch(/^ {2}ok {3,}answers over SSH/m);
});
