// kha-lab sandbox up, status, down: the sandbox as other programs meet it, and two of them at once.
import { existsSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { expectNothingLeft, sandboxUp } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';

it('is up, listed, used by other programs, and ended from elsewhere', async () => {
  const home = makeHome();
  expect(await kha(home, ['sandbox', 'status'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^No sandbox is up\. Start one with: kha-lab sandbox up\n$/),
  });
  const [first, second] = await Promise.all([sandboxUp(home), sandboxUp(home, ['--lock', 'leases'])]);
  for (const file of [first.inventory, first.sshConfig, first.kubeconfig]) {
    expect(existsSync(file)).toBe(true);
    expect(statSync(file).mode & 0o077).toBe(0);
  }
  if (hasSsh) expect((await onMaster(first, 'kuberm2', 'hostname')).stdout).toBe('kuberm2');
  const listed = onlyObject(await kha(home, ['sandbox', 'status', '--json']));
  const { sandboxes } = listed as { sandboxes: { inventoryFile: string; lock: string }[] };
  expect(sandboxes.map(({ inventoryFile }) => inventoryFile).sort()).toEqual(
    [first.inventory, second.inventory].sort(),
  );
  const check = await kha(home, ['check', '--inventory', second.inventory, '--json']);
  expect(onlyObject(check)).toMatchObject({ ok: true, target: second.inventory });

  const down = await kha(home, ['sandbox', 'down']);
  expect(down).toMatchObject({ exitCode: 0, stderr: '' });
  expect(down.stdout).toMatch(/^Ended \w+, \w+\.\n$/);
  for (const { keeper } of [first, second]) expect((await keeper.ended).exitCode).toBe(0);
  await expectNothingLeft(home, first);
  await expectNothingLeft(home, second);
  expect(await kha(home, ['sandbox', 'down'])).toMatchObject({ exitCode: 0, stdout: 'No sandbox is up.\n' });
});

it('ends by SIGINT and by SIGTERM with 0', async () => {
  const home = makeHome();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const sandbox = await sandboxUp(home);
    sandbox.keeper.kill(signal);
    expect(await sandbox.keeper.ended).toMatchObject({ exitCode: 0, stderr: '' });
    await expectNothingLeft(home, sandbox);
  }
});
