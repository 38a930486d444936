// A connection that breaks in the middle of a followed log: said, made again, and no line is missing from the recording.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeHome, readTape } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { start } from './drivers/program.ts';
import { expectNothingLeft, sandboxUp } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';
import { wiredInventory } from './drivers/wired.ts';

it.skipIf(!hasSsh)('loses no line of the log', async () => {
  const home = makeHome();
  const sandbox = await sandboxUp(home);
  const { inventory, wires } = await wiredInventory(home, sandbox);
  const [wire] = wires;
  if (wire === undefined) throw new Error('no wire to kuberm');
  const file = join(home.work, 'cut.ndjson');
  const run = start(home, ['watch', '--inventory', inventory, '--json', '--record', file]);
  const seen = (pattern: RegExp) => (run.stdout().match(pattern) ?? []).length;
  const renewals = /"host":"kuberm","kind":"log","component":"kube-scheduler",[^\n]*"is":"renewed"/g;
  const instead = () => run.stderr() + run.stdout().slice(-2_000);
  await until('three renewals', () => seen(renewals) >= 3, { instead });
  wire.cut();
  await until('the loss is said', () => /"host":"kuberm","kind":"host","state":"lost"/.test(run.stdout()), {
    instead,
  });
  // While it is cut, the leader goes on and writes lines that nobody fetches.
  const missed = 'journalctl -u kube-scheduler -o cat --no-pager | grep -c "renewed lease"';
  const before = Number((await onMaster(sandbox, 'kuberm', missed)).stdout);
  await until('lines written meanwhile', async () => {
    return Number((await onMaster(sandbox, 'kuberm', missed)).stdout) >= before + 3;
  });
  wire.mend();
  const known = seen(renewals);
  await until('renewals again', () => seen(renewals) >= known + 5, { instead });
  run.kill('SIGINT');
  expect((await run.ended).exitCode).toBe(0);

  const tape = readTape(file);
  expect(tape.some(({ kind }) => kind === 'gap')).toBe(true);
  const recorded = tape
    .filter(
      ({ kind, host, component }) => kind === 'log' && host === 'kuberm' && component === 'kube-scheduler',
    )
    .map(({ line }) => String(line));
  const written = (
    await onMaster(sandbox, 'kuberm', 'journalctl -u kube-scheduler -o cat --no-pager')
  ).stdout.split('\n');
  const from = written.indexOf(recorded[0] ?? '');
  expect(from).toBeGreaterThanOrEqual(0);
  expect(recorded).toEqual(written.slice(from, from + recorded.length));
  await sandbox.end();
  await expectNothingLeft(home, sandbox);
});
