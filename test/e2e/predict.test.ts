// kha-lab predict: from flags, and from those in use on a sandbox's masters.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';

const home = makeHome();
const ms = z.number();
const shape = z.strictObject({
  version: z.literal(1),
  component: z.string(),
  fault: z.string(),
  terms: z.strictObject({
    leaseDurationMs: ms,
    renewDeadlineMs: ms,
    retryPeriodMs: ms,
    releasesOnStop: z.boolean().nullable(),
  }),
  standbys: z.int(),
  releases: z.boolean(),
  from: z.enum(['fault', 'storeBack']),
  predictedMs: z.strictObject({ min: ms, p50: ms, p95: ms, max: ms, mean: ms, p99: ms }),
  leaderGivesUpMs: z.strictObject({ minMs: ms, maxMs: ms }).nullable(),
  histogram: z.array(z.strictObject({ fromMs: ms, toMs: ms, share: z.number() })),
});

async function predicted(line: string) {
  const ran = await kha(home, ['predict', ...line.split(' ').filter((word) => word !== ''), '--json']);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  return shape.parse(JSON.parse(ran.stdout));
}

it('says what the reference says, without any master', async () => {
  const released = await predicted('');
  expect(released).toMatchObject({ component: 'kube-scheduler', fault: 'stop', standbys: 1, releases: true });
  expect(released.predictedMs).toMatchObject({ min: 0, max: 4400 });
  const { predictedMs, releases, histogram } = await predicted('--fault kill');
  expect(releases).toBe(false);
  expect(predictedMs).toMatchObject({ min: 13_000, max: 23_800 });
  expect(Math.abs(predictedMs.p50 - 17_305)).toBeLessThan(50);
  expect(Math.abs(predictedMs.p99 - 21_106)).toBeLessThan(50);
  expect(histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

it('goes by version, component, terms, standbys and seed', async () => {
  expect(await predicted('--kubernetes v1.20.2')).toMatchObject({ releases: false });
  expect(await predicted('--component kube-controller-manager')).toMatchObject({ releases: false });
  const long = await predicted('--fault kill --lease-duration 60s --renew-deadline 30s --standbys 2');
  expect(long).toMatchObject({ standbys: 2, predictedMs: { min: 58_000 } });
  const few = '--fault cut --rounds 500';
  expect(await predicted(`${few} --seed 7`)).toEqual(await predicted(`${few} --seed 7`));
  expect(await predicted(`${few} --seed 7`)).not.toEqual(await predicted(`${few} --seed 8`));
});

it('tells a person in sentences, with a histogram', async () => {
  const { stdout, exitCode } = await kha(home, ['predict', '--fault', 'cut']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /takes the lock of kube-scheduler 13\.00 s to 23\.80 s after its master was cut off\./,
  );
  expect(stdout).toMatch(/The old leader gives up 10\.00 s to 12\.00 s after the fault/);
  expect(stdout.match(/█/g)?.length).toBeGreaterThan(100);
  expect(stdout).toMatch(/200000 rounds by the rules, seed 1/);
  const quiet = await kha(home, ['predict', '--quiet']);
  expect(quiet.stdout).not.toMatch(/█/);
});

it('reads the flags in use on the masters', async () => {
  // The sandbox behaves as 1.6: its scheduler dies of a stop without a word.
  const found = await predicted('--sandbox');
  expect(found).toMatchObject({ standbys: 1, releases: false, terms: { leaseDurationMs: 15_000 } });
  const told = await kha(home, ['predict', '--sandbox', '--lease-duration', '20s', '--quiet']);
  expect(told.stdout).toMatch(/As kube-scheduler runs on kuberm \(sandbox\), which leads/);
  expect(told.stdout).toMatch(/lease 20 s/);
});
