// kha-lab failover on the real sandbox, without a terminal: the contract's JSON, and what was recorded of the run.
import { expect, it } from 'vitest';
import { type FailoverAnswer, failoverAnswer, type RoundAnswer } from './contract/failover.ts';
import { makeHome, readTape } from './drivers/home.ts';
import { kha, onlyObject, type Ran } from './drivers/program.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';

const home = makeHome();

function answerOf(ran: Ran): FailoverAnswer {
  const answer = failoverAnswer.parse(onlyObject(ran));
  expect(answer).toMatchObject({
    version: 1,
    target: 'sandbox',
    fault: 'stop',
    restored: true,
    steady: true,
  });
  expect(ran.exitCode).toBe(0);
  return answer;
}

/** What holds of every round that went well, however long it took. */
function expectSound(round: RoundAnswer): void {
  const { marks, from, to, handoverMs, handoverErrorMs } = round;
  const at = (name: RoundAnswer['marks'][number]['name']) => marks.find((mark) => mark.name === name);
  expect(round).toMatchObject({ verdict: 'passed', twoLeadersMs: 0 });
  expect(to).not.toBe(from);
  expect(marks.map(({ atMs }) => atMs)).toEqual(marks.map(({ atMs }) => atMs).sort((a, b) => a - b));
  const [issued, acquired] = [at('faultIssued'), at('acquired')];
  expect(issued).toMatchObject({ atMs: 0, host: from, witness: 'fault command' });
  expect(acquired).toMatchObject({ atMs: handoverMs, host: to, witness: 'log line' });
  expect(handoverErrorMs).toBeCloseTo((issued?.errorMs ?? 0) + (acquired?.errorMs ?? 0), 2);
  const between = Date.parse(acquired?.at ?? '') - Date.parse(issued?.at ?? '');
  expect(Math.abs(between - (handoverMs ?? 0))).toBeLessThan(2);
  for (const name of ['lastRenew', 'instanceGone', 'faultEnded', 'restored'] as const)
    expect(at(name)).toBeDefined();
  expect(at('restored')?.atMs).toBeGreaterThan(at('faultEnded')?.atMs ?? 0);
}

it('hands Leases over, round after round, and back', async () => {
  const wish = ['failover', '--sandbox', '--json', '--runs', '2', '--lock', 'leases', '--seed', '7'];
  const ran = await kha(home, wish);
  const answer = answerOf(ran);
  expect(answer.lock).toEqual({
    kind: 'Lease',
    namespace: 'kube-system',
    name: 'kube-scheduler',
    leaseDurationSeconds: 15,
  });
  expect(answer.rounds.map(({ round, from, to }) => [round, from, to])).toEqual([
    [1, 'kuberm', 'kuberm2'],
    [2, 'kuberm2', 'kuberm'],
  ]);
  for (const round of answer.rounds) {
    expectSound(round);
    // A clean stop empties the record: nobody waits the lease out.
    expect(round.marks.map(({ name }) => name)).toContain('released');
    expect(round.predictedMs?.max).toBeLessThan(10_000);
    expect(round.outageMs).toBeGreaterThan(0);
    expect(round.marks.map(({ name }) => name)).toContain('firstWork');
  }
  expect(answer.summary.n).toBe(2);
  const taken = answer.rounds.map(({ handoverMs }) => handoverMs ?? 0);
  expect(answer.summary).toMatchObject({ minMs: Math.min(...taken), maxMs: Math.max(...taken) });
  expect(ran.stderr).toMatch(/round 1 begins/);
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
});

it('hands the controller-manager’s Endpoints lock over, within what the rules allow', async () => {
  const wish = ['failover', '--sandbox', '--json', '--component', 'kube-controller-manager'];
  const answer = answerOf(await kha(home, wish));
  expect(answer.lock).toMatchObject({
    kind: 'Endpoints',
    name: 'kube-controller-manager',
    leaseDurationSeconds: 15,
  });
  const [round] = answer.rounds;
  if (!round) throw new Error('no round');
  expectSound(round);
  const { handoverMs, handoverErrorMs, predictedMs, marks } = round;
  // Nothing is given back in this version: the standby waits the lease out, however busy this machine is.
  expect((handoverMs ?? 0) + (handoverErrorMs ?? 0)).toBeGreaterThan(predictedMs?.min ?? 0);
  expect(predictedMs).toMatchObject({ min: 13_000, max: 23_800 });
  expect(marks.map(({ name }) => name)).not.toContain('released');
  expect(marks.map(({ name }) => name)).toContain('leaseExpired');
  // Its own canaries are controllers that wait for their pods: those of the whole lease had piled up.
  const { outageMs, outageErrorMs, canaries } = round;
  expect((outageMs ?? 0) + (outageErrorMs ?? 0)).toBeGreaterThan((handoverMs ?? 0) - (handoverErrorMs ?? 0));
  expect(marks.map(({ name }) => name)).toContain('firstWork');
  expect(canaries).toMatchObject({ everyMs: 200, made: expect.any(Number) });
  expect(canaries?.backlog).toBeGreaterThan(30);
  // As the real one's client, this one asks twenty times a second at most: no pile is gone at once.
  expect(canaries?.drainedMs).toBeGreaterThan(500);
  expect(round.missing).toBeUndefined();
  await expectNothingLeft(home);
});

it('fails a round that takes longer than it may, and records it all the same', async () => {
  const wish = ['failover', '--sandbox', '--lock', 'leases', '--max-handover', '1ms', '--no-canary'];
  const file = `${home.work}/slow.ndjson`;
  const ran = await kha(home, [...wish, '--record', file]);
  expect(`${ran.exitCode} ${ran.stderr}`).toBe('1 ');
  expect(ran.stdout).toMatch(/^round 1: failed$/m);
  expect(ran.stdout).toContain('is not known: no canaries were wanted (--no-canary).');
  expect(ran.stdout).toContain(`kha-lab replay ${file}`);
  const tape = readTape(file);
  expect(tape[0]).toMatchObject({ seq: 0, kind: 'run', what: 'failover', target: 'sandbox' });
  expect(tape.map(({ seq }) => seq)).toEqual(tape.map((_, index) => index));
  expect(tape.at(-1)).toMatchObject({ kind: 'end', exit: 1 });
});

it('counts a round without canaries, and says what it lacks', async () => {
  const ran = await kha(home, ['failover', '--sandbox', '--json', '--lock', 'leases', '--no-canary']);
  const [round] = answerOf(ran).rounds;
  if (!round) throw new Error('no round');
  expectSound(round);
  expect(round).toMatchObject({ outageMs: null, outageErrorMs: null });
  expect(round.canaries).toBeUndefined();
  expect(round.missing).toEqual(['outage: no canaries were wanted (--no-canary)']);
});
