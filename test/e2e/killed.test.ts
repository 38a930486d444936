// kha-lab killed outright: its sandbox goes with it, whatever was going on.
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, start } from './drivers/program.ts';
import { expectNothingLeft, sandboxProcesses, sandboxUp } from './drivers/sandbox.ts';

it('leaves no process, no port and no file of a sandbox when `sandbox up` is killed', async () => {
  const home = makeHome();
  const sandbox = await sandboxUp(home);
  expect(sandbox.ports.length).toBeGreaterThanOrEqual(4);
  sandbox.keeper.kill('SIGKILL');
  await sandbox.keeper.ended;
  await expectNothingLeft(home, sandbox);
  expect((await kha(home, ['sandbox', 'status'])).stdout).toMatch(/^No sandbox is up/);
});

it('leaves nothing when a run is killed in the middle of its fault', async () => {
  const home = makeHome();
  const run = start(home, ['failover', '--sandbox']);
  await until('the fault', () => /stop of kube-scheduler issued/.test(run.stdout()), {
    withinMs: 90_000,
    instead: () => run.stdout() + run.stderr(),
  });
  if (process.platform === 'linux') expect(sandboxProcesses(home).length).toBeGreaterThan(5);
  run.kill('SIGKILL');
  await run.ended;
  await expectNothingLeft(home);
  // The sandbox went with the run: there is nothing a person would have to recover.
  expect(await kha(home, ['recover'])).toMatchObject({ exitCode: 0, stdout: 'Nothing was left behind.\n' });
});
