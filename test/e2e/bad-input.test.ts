// What people get wrong, and what goes wrong for them: one sentence on what happened, one on what to do, the right exit code.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { checkAnswer } from './contract/check.ts';
import { expectFailure, expectTold } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { changedInventory, type WrittenInventory } from './drivers/inventory.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { expectNothingLeft, sandboxUp, type UpSandbox } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';

const home = makeHome();
let sandbox: UpSandbox;
beforeAll(async () => {
  sandbox = await sandboxUp(home);
});

const changed = (change: (inventory: WrittenInventory) => void) => changedInventory(home, sandbox, change);
const failover = (inventory: string, ...more: string[]) =>
  kha(home, ['failover', '--inventory', inventory, '--yes', ...more]);

it('a typo in the inventory: the line, the column, and what was meant', async () => {
  const file = join(home.work, 'typo.yaml');
  writeFileSync(file, readFileSync(sandbox.inventory, 'utf8').replace('user: root', 'usre: root'));
  const ran = await kha(home, ['check', '--inventory', file]);
  expectTold(ran, { exit: 2, happened: /typo\.yaml:4:42: "usre" is not known/, todo: /user/ });
  expectFailure(await kha(home, ['check', '--inventory', file, '--json']), {
    code: 'bad-inventory',
    exit: 2,
  });
});

it('an inventory that is not there', async () => {
  const ran = await kha(home, ['check', '--inventory', 'gone.yaml']);
  expectTold(ran, { exit: 2, happened: /gone\.yaml/, todo: /kha-lab init|--inventory/ });
});

it('a host key nobody knows: refused, and how to know it', async () => {
  const empty = join(home.work, 'known_hosts');
  writeFileSync(empty, '');
  const file = changed((inventory) => {
    inventory.ssh.knownHostsFile = empty;
  });
  const error = expectFailure(await failover(file, '--json'), { code: 'unknown-host-key', exit: 4 });
  expect(error.message).toMatch(/SHA256:/);
  const check = await kha(home, ['check', '--inventory', file, '--json']);
  expect(check.exitCode).toBe(4);
  const answer = checkAnswer.parse(onlyObject(check));
  expect(answer.ok).toBe(false);
  for (const { checks } of answer.masters) expect(checks[0]).toMatchObject({ id: 'ssh', ok: false });
});

it('a login that is refused', async () => {
  const key = join(home.work, 'other');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const file = changed(({ masters }) => {
    for (const { ssh } of masters) ssh.identityFile = key;
  });
  const ran = await failover(file);
  expectTold(ran, { exit: 4, happened: /kuberm|127\.0\.0\.1/, todo: /key|identityFile|ssh/ });
  expect(expectFailure(await failover(file, '--json'), { code: 'login-refused', exit: 4 }).message).toMatch(
    /root/,
  );
});

it.skipIf(process.platform === 'win32')(
  'sudo that wants a password: said before anything is touched',
  async () => {
    const sudo = join(sandbox.folder, 'masters/kuberm/usr/local/bin/sudo');
    expect(existsSync(sudo)).toBe(true);
    renameSync(sudo, `${sudo}.kept`);
    writeFileSync(sudo, "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n", { mode: 0o700 });
    try {
      const file = changed((inventory) => {
        inventory.sudo = 'always';
      });
      const ran = await failover(file);
      expect(`${ran.exitCode} ${ran.stderr}`).toMatch(/^4 [\s\S]*kuberm[\s\S]*password/);
      expect(ran.stderr).toMatch(/sudoers|kha-lab doctor|NOPASSWD/);
      const check = checkAnswer.parse(onlyObject(await kha(home, ['check', '--inventory', file, '--json'])));
      expect(check.masters[0]?.checks.find(({ id }) => id === 'sudo')).toMatchObject({ ok: false });
      expect(check.masters[1]?.checks.find(({ id }) => id === 'sudo')).toMatchObject({ ok: true });
    } finally {
      renameSync(`${sudo}.kept`, sudo);
    }
  },
);

it('a log file that is not there: named, and the rest goes on', async () => {
  const file = changed((inventory) => {
    inventory.components = { 'kube-scheduler': { logs: '/var/log/kubernetes/nothing.INFO' } };
  });
  const watched = await kha(home, ['watch', '--inventory', file, '--json', '--for', '4s']);
  expect(watched.exitCode).toBe(0);
  expect(watched.stdout).toMatch(/"code":"log-unreadable","message":"The log of kube-scheduler on kuberm /);
  expect(watched.stdout).toMatch(/"kind":"leader"/);
  const check = await kha(home, ['check', '--inventory', file, '--json']);
  const answer = checkAnswer.parse(onlyObject(check));
  expect(check.exitCode).toBe(1);
  expect(JSON.stringify(answer.masters[0]?.checks.filter(({ ok }) => !ok))).toMatch(/nothing\.INFO/);
});

it('a cluster that cannot be reached: exit 4, and no fault', async () => {
  const kubeconfig = join(home.work, 'kubeconfig');
  const text = readFileSync(sandbox.kubeconfig, 'utf8').replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:1');
  writeFileSync(kubeconfig, text);
  const file = changed((inventory) => {
    inventory.cluster = { kubeconfig };
    for (const master of inventory.masters) master.api = { host: '127.0.0.1', port: 1 };
  });
  const check = await kha(home, ['check', '--inventory', file, '--json']);
  expect(check.exitCode).toBe(4);
  expect(checkAnswer.parse(onlyObject(check)).ok).toBe(false);
  const ran = await failover(file, '--json');
  const { exit, message } = (onlyObject(ran) as { error: { exit: number; message: string } }).error;
  expect([ran.exitCode, exit]).toEqual([4, 4]);
  expect(message).toMatch(/127\.0\.0\.1:1/);
});

it('a kubeconfig that is not there', async () => {
  const file = changed((inventory) => {
    inventory.cluster = { kubeconfig: '/nowhere/kubeconfig' };
  });
  const ran = await failover(file, '--json');
  expect(expectFailure(ran, { code: 'kubeconfig-unreadable', exit: 2 }).message).toContain(
    '/nowhere/kubeconfig',
  );
});

it.skipIf(!hasSsh)('left nothing stopped, nothing armed, nothing to recover', async () => {
  for (const master of ['kuberm', 'kuberm2']) {
    const asked = await onMaster(
      sandbox,
      master,
      'systemctl is-active kube-scheduler kube-controller-manager kha-lab-return.timer',
    );
    expect(asked.stdout.split('\n').slice(0, 2)).toEqual(['active', 'active']);
    expect(asked.stdout.split('\n')[2]).not.toBe('active');
  }
  expect(home.pending()).toEqual([]);
  await sandbox.end();
  await expectNothingLeft(home, sandbox);
});
