// Masters whose clocks are wrong, drift and are set in the middle: the moment of the take-over is told as it truly was.
import { expect, it } from 'vitest';
import { readClockFault } from '../../src/sandbox/clock/fault.ts';
import { microsOf } from '../masters/harness/truth.ts';
import { acquiredTruly, beganMs } from './drivers/clocktruth.ts';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { quickTerms, sandboxUp } from './drivers/sandbox.ts';
import { hasSsh } from './drivers/ssh.ts';

interface Told {
  readonly rounds: readonly {
    readonly to: string;
    readonly verdict: string;
    readonly marks: readonly {
      readonly name: string;
      readonly at: string;
      readonly errorMs: number;
    }[];
  }[];
}

it.skipIf(!hasSsh || process.platform !== 'linux').each([
  ['stop', 'kube-scheduler', 'drift=+200ppm', '+3s'],
  ['kill', 'kube-controller-manager', '+3s', '-3s,drift=-200ppm'],
])('%s of %s, clocks %s and %s', { timeout: 120_000 }, async (fault, component, first, second) => {
  const home = makeHome();
  const clocks = { kuberm: first, kuberm2: second };
  const sandbox = await sandboxUp(home, [
    ...quickTerms,
    '--lock',
    'leases',
    ...Object.entries(clocks).flatMap(([master, wrong]) => ['--clock', `${master}=${wrong}`]),
  ]);
  const words = ['--component', component, '--fault', fault, '--runs', '2', '--yes', '--json'];
  const ran = await kha(home, ['failover', '--inventory', sandbox.inventory, ...words]);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const { rounds } = onlyObject(ran) as Told;
  expect(rounds.map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
  const sinceMs = beganMs(home.env.TMPDIR ?? '');
  for (const { to, marks } of rounds) {
    const acquired = marks.find(({ name }) => name === 'acquired');
    const wrong = readClockFault(clocks[to as keyof typeof clocks]);
    if (!acquired || !wrong) throw new Error(`nothing is known of ${to}`);
    const truths = await acquiredTruly(sandbox, { master: to, component, fault: { ...wrong, sinceMs } });
    const off = Math.min(...truths.map((truth) => Math.abs(microsOf(acquired.at) / 1000 - truth)));
    expect(off).toBeLessThan(5);
    // Two processes of a machine agree on the time to some hundredths of a millisecond, and no worse than to one.
    expect(off).toBeLessThan(acquired.errorMs + 1);
  }
  await sandbox.end();
});
