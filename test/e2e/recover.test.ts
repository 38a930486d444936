// A run killed in the middle of a fault on masters that go on: they put themselves back, and `recover` makes sure.
import { expect, it } from 'vitest';
import { type Home, makeHome, readTape } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, onlyObject, start } from './drivers/program.ts';
import { expectNothingLeft, sandboxUp } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';

/** From the announcement on: the timer's own accuracy, the unit's start, and a busy machine. */
const lateMs = 15_000;

it.skipIf(!hasSsh)(
  'comes back by itself in time; what is left is told and put right',
  { timeout: 300_000 },
  async () => {
    const home = makeHome();
    const sandbox = await sandboxUp(home);
    const ask = async (command: string) => (await onMaster(sandbox, 'kuberm', command)).stdout;
    const on = ['--inventory', sandbox.inventory];
    const run = start(home, ['failover', ...on, '--yes']);
    await until('the fault has taken effect', () => /has taken effect/.test(run.stdout()), {
      instead: () => run.stdout() + run.stderr(),
    });
    run.kill('SIGKILL');
    await run.ended;
    const killedAt = Date.now();
    expect(await ask('systemctl is-active kube-scheduler')).not.toBe('active');
    // The fault, and the namespace of its canaries.
    expect(home.pending()).toHaveLength(2);

    const [recording = ''] = home.recordings();
    const armed = readTape(recording).find(({ kind, phase }) => kind === 'fault' && phase === 'armed');
    const announcedMs = Number(armed?.returnsInMs);
    expect(announcedMs).toBeGreaterThan(10_000);

    // Others are told while it is so: the next start, and a second run.
    const told = await kha(home, ['lab', '--auto', ...on, '--no-input']);
    expect(told.stderr).toMatch(/was interrupted after its fault \(stop kube-scheduler\.service on kuberm\)/);
    expect(told.stderr).toMatch(/kha-lab recover/);
    const second = await kha(home, ['failover', ...on, '--yes', '--json']);
    expect(second.exitCode).toBe(3);

    await until(
      'the master put its unit back',
      async () => (await ask('systemctl is-active kube-scheduler')) === 'active',
      {
        withinMs: announcedMs + lateMs,
      },
    );
    expect(Date.now() - killedAt).toBeLessThan(announcedMs + lateMs);

    const recovered = await kha(home, ['recover']);
    expect(recovered).toMatchObject({ exitCode: 0, stderr: '' });
    expect(recovered.stdout).toMatch(/kube-scheduler\.service on kuberm is as it was before/);
    expect(home.pending()).toEqual([]);
    expect(await ask('systemctl is-active kha-lab-return.timer')).not.toBe('active');
    expect(await kha(home, ['recover'])).toMatchObject({ exitCode: 0, stdout: 'Nothing was left behind.\n' });
    const check = await kha(home, ['check', ...on, '--json']);
    expect(onlyObject(check)).toMatchObject({ ok: true });
    await sandbox.end();
    await expectNothingLeft(home, sandbox);
  },
);

it.skipIf(!hasSsh)('is put right at once by `recover`, before the master does it itself', async () => {
  const home = makeHome();
  const sandbox = await sandboxUp(home);
  const ask = async (command: string) => (await onMaster(sandbox, 'kuberm', command)).stdout;
  const run = start(home, ['failover', '--inventory', sandbox.inventory, '--yes']);
  await until('the fault has taken effect', () => /has taken effect/.test(run.stdout()), {
    instead: () => run.stdout() + run.stderr(),
  });
  run.kill('SIGKILL');
  await run.ended;
  expect(await ask('systemctl is-active kha-lab-return.timer')).toBe('active');
  expect(await ask('kubectl get namespaces -o name')).toMatch(/kha-lab-/);
  const recovered = await kha(home, ['recover', '--json']);
  expect(onlyObject(recovered)).toMatchObject({
    version: 1,
    recovered: [
      { unit: expect.stringMatching(/^namespace\/kha-lab-/), restored: true, problem: null },
      { master: 'kuberm', unit: 'kube-scheduler.service', restored: true, problem: null },
    ],
  });
  expect(recovered.exitCode).toBe(0);
  expect(await ask('systemctl is-active kube-scheduler')).toBe('active');
  // The canary pods of the killed run are gone as well.
  expect(await ask('kubectl get namespaces -o name')).not.toMatch(/kha-lab-/);
  for (const master of ['kuberm', 'kuberm2']) {
    const timers = await onMaster(sandbox, master, 'systemctl is-active kha-lab-return.timer');
    expect(timers.stdout).not.toBe('active');
  }
  expect(home.pending()).toEqual([]);
});

it.skipIf(!hasSsh)(
  'leaves alone what another run, or one of its own that lives, has in its hands',
  async () => {
    const killed = makeHome();
    const other = makeHome();
    const sandbox = await sandboxUp(killed);
    const scheduler = async () =>
      (await onMaster(sandbox, 'kuberm', 'systemctl is-active kube-scheduler')).stdout;
    const inFault = async (home: Home, component: string) => {
      const words = ['failover', '--inventory', sandbox.inventory, '--yes', '--component', component];
      const run = start(home, words);
      await until('the fault has taken effect', () => /has taken effect/.test(run.stdout()), {
        instead: () => run.stdout() + run.stderr(),
      });
      return run;
    };
    const first = await inFault(killed, 'kube-controller-manager');
    first.kill('SIGKILL');
    await first.ended;
    // Somebody put it right by hand, so that another may begin.
    const byHand = 'systemctl stop kha-lab-return.timer; systemctl start kube-controller-manager';
    for (const master of ['kuberm', 'kuberm2']) await onMaster(sandbox, master, byHand);

    const run = await inFault(other, 'kube-scheduler');
    const refused = await kha(killed, ['recover']);
    expect(refused.exitCode).toBe(6);
    expect(refused.stderr).toMatch(
      /another run is at work on kuberm \(kha-lab \d+ since .*: stop kube-scheduler\); wait/,
    );
    const own = await kha(other, ['recover']);
    expect(own).toMatchObject({ exitCode: 0, stdout: 'Nothing was left behind.\n' });
    expect(own.stderr).toMatch(
      /A run is under way since .* stop kube-scheduler\.service on kuberm\); it is left alone/,
    );
    expect(await scheduler()).not.toBe('active');
    expect(await run.ended).toMatchObject({ exitCode: 0 });
    expect(await scheduler()).toBe('active');

    expect(await kha(killed, ['recover'])).toMatchObject({ exitCode: 0 });
    expect(killed.pending()).toEqual([]);
    await sandbox.end();
  },
);
