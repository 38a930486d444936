// kha-lab compare: before and after, by the contract's exit codes, to a person and as one object.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeRun } from '../model/runstream.ts';
import { expectFailure } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';

const home = makeHome();
const at = (name: string) => join(home.work, name);
const spread = (fromMs: number, n: number) => Array.from({ length: n }, (_, step) => fromMs + 250 * step);

writeRun(at('before.ndjson'), { handoversMs: spread(14_000, 12) });
writeRun(at('kill.ndjson'), { handoversMs: spread(14_000, 12), fault: 'kill' });
mkdirSync(at('after'));
writeRun(at('after/one.ndjson'), { handoversMs: spread(17_000, 6) });
writeRun(at('after/two.ndjson'), { handoversMs: spread(18_500, 6) });

it('fails what became slower than allowed, told in words and in a picture', async () => {
  const ran = await kha(home, ['compare', 'before.ndjson', 'after', '--fail-if-slower', '10%']);
  expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
  expect(ran.stdout).toMatch(/^FAILED kube-scheduler, stop is 20 % slower, more than the 10 % allowed\./);
  expect(ran.stdout).toMatch(/With 95 % certainty it is between [\d.]+ s later and [\d.]+ s later\./);
  expect(ran.stdout.match(/^ {2}(?:before|after|difference) /gm)).toHaveLength(3);
  expect(ran.stdout).toMatch(/─┼─/);
  for (const row of ran.stdout.split('\n')) expect(row.length, row).toBeLessThanOrEqual(80);
  const quiet = await kha(home, ['compare', 'before.ndjson', 'after', '--fail-if-slower', '30%', '-q']);
  expect(quiet).toMatchObject({ exitCode: 0, stdout: 'PASSED Nothing is more than 30 % slower.\n' });
});

it('is one object under --json, the same for the same seed', async () => {
  const words = ['compare', 'before.ndjson', 'after', '--json'];
  const ran = await kha(home, words);
  expect(ran.exitCode).toBe(0);
  expect(onlyObject(ran)).toMatchObject({
    version: 1,
    verdict: 'passed',
    limit: null,
    before: { recordings: ['before.ndjson'] },
    after: { recordings: ['after/one.ndjson', 'after/two.ndjson'] },
    compared: [{ fault: 'stop', differenceMs: 3000, verdict: 'slower', before: { n: 12 }, after: { n: 12 } }],
    leftOut: [],
  });
  expect((await kha(home, words)).stdout).toBe(ran.stdout);
});

it('leaves a page and a picture where they are asked for, and the same verdict', async () => {
  const files = ['--html', 'out/compared.html', '--svg', 'out/compared.svg'];
  const ran = await kha(home, [
    'compare',
    'before.ndjson',
    'after',
    '--fail-if-slower',
    '10%',
    '-q',
    ...files,
  ]);
  expect(ran).toMatchObject({
    exitCode: 1,
    stderr: 'Written: out/compared.html\nWritten: out/compared.svg\n',
  });
  expect(readFileSync(at('out/compared.html'), 'utf8')).toContain('kube-scheduler, stop is 20 % slower');
  expect(readFileSync(at('out/compared.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
  const apart = await kha(home, ['compare', 'before.ndjson', 'kill.ndjson', '--svg', 'out/apart.svg']);
  expect(apart).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/nothing to draw/) });
  expect(existsSync(at('out/apart.svg'))).toBe(false);
});

it('refuses what cannot be compared, and says why', async () => {
  const apart = await kha(home, ['compare', 'before.ndjson', 'kill.ndjson']);
  expect(apart.exitCode).toBe(3);
  expect(apart.stdout).toMatch(/there is nothing to\s+compare/);
  expect(apart.stdout).toMatch(/kube-scheduler, kill was measured only after: it is left out\./);
  expectFailure(await kha(home, ['compare', 'before.ndjson', 'nowhere', '--json']), {
    code: 'not-a-recording',
    exit: 2,
  });
  const wrong = await kha(home, ['compare', 'before.ndjson', 'after', '--fail-if-slower', '10']);
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/written like 10%/) });
});
