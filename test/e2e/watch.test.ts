// kha-lab watch and replay without a terminal: one observation a line, and a recording that tells the same again.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Observation } from '../../src/model/observation.ts';
import { emptyTimeline, seeTimeline } from '../../src/model/timeline.ts';
import { failoverAnswer } from './contract/failover.ts';
import { makeHome } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, onlyObject, start } from './drivers/program.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';

const home = makeHome();

function observations(stdout: string): readonly Observation[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Observation);
}

it('prints one observation a line, the run first, and ends by itself', async () => {
  const { exitCode, stdout, stderr } = await kha(home, ['watch', '--sandbox', '--json', '--for', '5s']);
  expect(`${exitCode} ${stderr}`).toBe('0 ');
  const seen = observations(stdout);
  expect(seen[0]).toMatchObject({
    seq: 0,
    atMs: 0,
    kind: 'run',
    version: 1,
    what: 'watch',
    target: 'sandbox',
  });
  expect(seen[0]).toHaveProperty('startedAt', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/));
  for (const one of seen) {
    expect(Object.keys(one).slice(0, 5)).toEqual(['seq', 'atMs', 'errorMs', 'host', 'kind']);
    expect(one.errorMs).toBeGreaterThanOrEqual(0);
  }
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index));
  const kinds = new Set(seen.map(({ kind }) => kind));
  for (const kind of ['host', 'clock', 'instance', 'log', 'lock', 'leader', 'api', 'endpoints'] as const)
    expect(kinds).toContain(kind);
  expect(seen.filter(({ kind }) => kind === 'leader')).toHaveLength(2);
  // It only looks: a recording is kept where one is asked for.
  expect(kinds).not.toContain('fault');
  await expectNothingLeft(home);
});

it('runs until it is interrupted, which is no failure', async () => {
  const file = join(home.work, 'watched.ndjson');
  const run = start(home, ['watch', '--sandbox', '--record', file]);
  await until('who leads', () => /kube-scheduler held by kuberm/.test(run.stdout()), {
    withinMs: 90_000,
    instead: () => run.stdout() + run.stderr(),
  });
  run.kill('SIGINT');
  const { exitCode, stdout } = await run.ended;
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('\x1b');
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)).toMatch(/"kind":"end","exit":0/);
  await expectNothingLeft(home);
});

it('ends without a word of a bug when nobody reads on', async () => {
  const run = start(home, ['watch', '--sandbox', '--json']);
  await until('the first line', () => run.stdout().includes('\n'), { withinMs: 90_000 });
  run.hangUp();
  const { exitCode, stderr } = await run.ended;
  expect(`${exitCode} ${stderr}`).not.toMatch(/bug|EPIPE/);
  expect(exitCode).toBe(0);
  await expectNothingLeft(home);
});

it('tells a recorded round again: the same observations, the same marks', async () => {
  const file = join(home.work, 'round.ndjson');
  const ran = await kha(home, ['failover', '--sandbox', '--lock', 'leases', '--json', '--record', file]);
  const answer = failoverAnswer.parse(onlyObject(ran));
  expect(answer.recording).toBe(file);
  const again = await kha(home, ['replay', file, '--json']);
  expect(again).toMatchObject({ exitCode: 0, stderr: '', stdout: ran.stdout });
  const timeline = observations(readFileSync(file, 'utf8')).reduce(seeTimeline, emptyTimeline);
  const [round] = timeline.rounds;
  const [told] = answer.rounds;
  expect(round?.marks.map(({ name, host, witness }) => [name, host, witness])).toEqual(
    told?.marks.map(({ name, host, witness }) => [name, host, witness]),
  );
  expect(round?.handover?.ms).toBeCloseTo(told?.handoverMs ?? 0, 2);
  const cut = `${file}.cut`;
  writeFileSync(cut, readFileSync(file, 'utf8').slice(0, -20));
  const rest = await kha(home, ['replay', cut, '--json']);
  expect(rest.exitCode).toBe(0);
  expect(rest.stderr).toMatch(
    /^The recording ends .* without the end of its run: what came after is missing\.\n$/,
  );
  const lines = await kha(home, ['replay', file]);
  expect(lines.exitCode).toBe(0);
  expect(lines.stdout).toMatch(/kuberm2: kube-scheduler took the lock/);
});
