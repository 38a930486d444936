// Leaving in the middle of a fault: everything is put back first, the terminal too, and nothing is left.
import { expect, it } from 'vitest';
import { makeHome, readTape } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { start } from './drivers/program.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';
import { Terminal } from './drivers/terminal.ts';

it('ctrl+c on the screens says what is being put back, then gives the terminal back', async () => {
  const home = makeHome();
  const person = await Terminal.run(home, { args: ['failover', '--sandbox'] });
  await person.sees(/stop on kuberm at \d\d:\d\d\.\d{3}/);
  expect(person.isAlternate()).toBe(true);
  await person.takes('ctrl+c leave');
  await person.sees(/put(ting)? .*back/i);
  const text = await person.ends(130);
  expect(text).not.toMatch(/NOT RESTORED/);
  await person.isGivenBack();
  const [recording = ''] = home.recordings();
  const phases = readTape(recording).flatMap(({ kind, phase }) => (kind === 'fault' ? [phase] : []));
  expect(phases).toEqual(expect.arrayContaining(['issued', 'ended', 'restored', 'disarmed']));
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s without a terminal puts back as well',
  async (signal) => {
    const home = makeHome();
    const run = start(home, ['failover', '--sandbox']);
    await until('the fault', () => /stop of kube-scheduler issued/.test(run.stdout()), {
      withinMs: 90_000,
      instead: () => run.stdout() + run.stderr(),
    });
    run.kill(signal);
    const { exitCode, stdout, stderr } = await run.ended;
    expect(stderr).toBe('Interrupted: putting everything back first.\n');
    expect(stdout).toMatch(/kube-scheduler is put back/);
    expect(stdout).toMatch(/way back disarmed/);
    expect(exitCode).toBe(130);
    expect(home.pending()).toEqual([]);
    await expectNothingLeft(home);
  },
);

it('puts back as well when nobody reads its output any more', async () => {
  const home = makeHome();
  const run = start(home, ['failover', '--sandbox']);
  await until('the fault', () => /stop of kube-scheduler issued/.test(run.stdout()), { withinMs: 90_000 });
  run.hangUp();
  const { exitCode, stderr } = await run.ended;
  expect(`${exitCode} ${stderr}`).not.toMatch(/bug/);
  const [recording = ''] = home.recordings();
  const phases = readTape(recording).flatMap(({ kind, phase }) => (kind === 'fault' ? [phase] : []));
  expect(phases).toEqual(expect.arrayContaining(['issued', 'ended', 'restored', 'disarmed']));
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
});
