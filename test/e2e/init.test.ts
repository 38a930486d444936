// kha-lab init against masters that answer, and one that does not: what it writes is an inventory that works.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { expectTold } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';
import { expectNothingLeft, sandboxUp, type UpSandbox } from './drivers/sandbox.ts';

const home = makeHome();
const file = join(home.work, 'kha-lab.yaml');
let sandbox: UpSandbox;
beforeAll(async () => {
  sandbox = await sandboxUp(home);
  const ssh = join(String(home.env.HOME), '.ssh');
  mkdirSync(ssh);
  copyFileSync(sandbox.sshConfig, join(ssh, 'config'));
});
beforeEach(() => rmSync(file, { force: true }));

const names = () => parse(readFileSync(file, 'utf8')).masters.map(({ name }: { name: string }) => name);

it('asks the masters for their names, and what it wrote is checked as good', async () => {
  const ran = await kha(home, ['init', 'kuberm', 'kuberm2', '--kubeconfig', sandbox.kubeconfig]);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(names()).toEqual(['kuberm', 'kuberm2']);
  expect(await kha(home, ['check'])).toMatchObject({ exitCode: 0, stderr: '' });
  const again = await kha(home, ['init', 'kuberm']);
  expectTold(again, { exit: 2, happened: /kha-lab\.yaml is there already/, todo: /--force/ });
});

it('says of a master that does not answer why, and what to do about it and the inventory', async () => {
  const words = ['init', 'kuberm', 'root@127.0.0.1:1', '--kubeconfig', sandbox.kubeconfig];
  const ran = await kha(home, words);
  expectTold(ran, {
    exit: 4,
    happened: /127\.0\.0\.1 port 1.*refused/,
    todo: /Until then, write what `hostname`/,
  });
  expect(names()).toEqual(['kuberm', '127.0.0.1']);
});

it('says of a kubeconfig that is not there', async () => {
  const ran = await kha(home, ['init', 'kuberm', 'kuberm2']);
  expectTold(ran, {
    exit: 2,
    happened: /\.kube\/config could not be read/,
    todo: /cluster: in the inventory/,
  });
  expect(names()).toEqual(['kuberm', 'kuberm2']);
});

it('says where it cannot write', async () => {
  const ran = await kha(home, ['init', 'kuberm', '--inventory', join(home.work, 'no/such.yaml')]);
  expectTold(ran, { exit: 2, happened: /could not be written/, todo: /--inventory FILE/ });
  await sandbox.end();
  await expectNothingLeft(home, sandbox);
});
