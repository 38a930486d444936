// --dry-run shows every command of a round, host by host, and touches nothing.
import { beforeAll, expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { expectNothingLeft, sandboxUp, type UpSandbox } from './drivers/sandbox.ts';
import { onMaster } from './drivers/ssh.ts';

const home = makeHome();
let sandbox: UpSandbox;
beforeAll(async () => {
  sandbox = await sandboxUp(home);
});

const timer =
  /systemd-run --unit=kha-lab-return '--description=kha-lab \d+ since \S+Z: stop kube-scheduler' --on-active=\d+ .*systemctl start kube-scheduler\.service$/;
/** On a master that the fault does not touch it is the marker that somebody is at work, and no more. */
const marker = /systemd-run --unit=kha-lab-return .*--on-active=\d+ .* true$/;

it('prints the commands in their order, the way back first and last', async () => {
  const before = await stateOf('kuberm');
  const { exitCode, stdout, stderr } = await kha(home, [
    'failover',
    '--inventory',
    sandbox.inventory,
    '--dry-run',
  ]);
  expect(`${exitCode} ${stderr}`).toBe('0 ');
  const commands = stdout.split('\n').filter((line) => line.startsWith('on '));
  expect(commands).toEqual([
    expect.stringMatching(new RegExp(`^on kuberm +${timer.source}`)),
    expect.stringMatching(new RegExp(`^on kuberm2 +${marker.source}`)),
    expect.stringMatching(/^on kuberm +systemctl stop kube-scheduler\.service$/),
    expect.stringMatching(/^on kuberm +systemctl start kube-scheduler\.service$/),
    expect.stringMatching(/^on kuberm +systemctl stop kha-lab-return\.timer$/),
    expect.stringMatching(/^on kuberm2 +systemctl stop kha-lab-return\.timer$/),
  ]);
  expect(await stateOf('kuberm')).toEqual(before);
  expect(home.recordings()).toEqual([]);
  expect(home.pending()).toEqual([]);
});

it('gives them as JSON, for the other component as well', async () => {
  const wish = ['failover', '--inventory', sandbox.inventory, '--dry-run', '--json'];
  const answer = onlyObject(await kha(home, [...wish, '--component', 'kube-controller-manager']));
  expect(answer).toMatchObject({
    version: 1,
    dryRun: true,
    component: 'kube-controller-manager',
    fault: 'stop',
  });
  const { commands } = answer as { commands: { host: string; text: string; why: string }[] };
  expect(commands).toHaveLength(6);
  for (const command of commands) expect(Object.keys(command)).toEqual(['host', 'text', 'why']);
  expect(commands[2]).toMatchObject({
    host: 'kuberm',
    text: 'systemctl stop kube-controller-manager.service',
  });
});

it('shows the commands of a lab', async () => {
  const { exitCode, stdout } = await kha(home, ['lab', '--dry-run', '--inventory', sandbox.inventory]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/systemctl stop kube-scheduler/);
  expect(stdout).toMatch(/kubectl get endpoints kubernetes/);
  expect(home.recordings()).toEqual([]);
});

it('ends with its sandbox asked to, and nothing is left', async () => {
  const { exitCode } = await sandbox.end();
  expect(exitCode).toBe(0);
  await expectNothingLeft(home, sandbox);
});

/** How the scheduler's unit stands there: its process, when it began, and no timer. */
async function stateOf(master: string): Promise<string> {
  const asked =
    'systemctl show -p MainPID -p ActiveState kube-scheduler; systemctl is-active kha-lab-return.timer';
  return (await onMaster(sandbox, master, asked)).stdout;
}
