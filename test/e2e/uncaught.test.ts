// A bug of ours in the middle of a fault: everything is put back before it is told.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeHome, readTape } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { start } from './drivers/program.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';
import { Terminal } from './drivers/terminal.ts';

const throwing = fileURLToPath(new URL('drivers/throwing.mjs', import.meta.url));
const env = { NODE_OPTIONS: `--import=${throwing}` };

function phasesOf(recording = ''): readonly unknown[] {
  return readTape(recording).flatMap(({ kind, phase }) => (kind === 'fault' ? [phase] : []));
}

it('an error that nobody catches puts back first, then ends as a bug', async () => {
  const home = makeHome();
  const run = start(home, ['failover', '--sandbox'], { env });
  await until('the fault', () => /stop of kube-scheduler issued/.test(run.stdout()), { withinMs: 90_000 });
  run.kill('SIGUSR2');
  const { exitCode, stderr } = await run.ended;
  expect(stderr).toMatch(/kha-lab has a bug: thrown by the test/);
  expect(exitCode).toBe(70);
  const [recording] = home.recordings();
  expect(phasesOf(recording)).toEqual(expect.arrayContaining(['issued', 'restored', 'disarmed']));
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
});

it('on screens as well', async () => {
  const home = makeHome();
  const person = await Terminal.run(home, { args: ['failover', '--sandbox'], env });
  await person.sees(/stop on kuberm at \d\d:\d\d\.\d{3}/);
  // A recording's name ends in the pid of its program.
  const [made = ''] = home.recordings();
  process.kill(Number(/-(\d+)\.ndjson$/.exec(made)?.[1]), 'SIGUSR2');
  await person.ends(70);
  const [recording] = home.recordings();
  expect(phasesOf(recording)).toEqual(expect.arrayContaining(['issued', 'restored', 'disarmed']));
  await expectNothingLeft(home);
});
