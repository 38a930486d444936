// failover: real handovers, held against the standby's own log and the rules' bounds, with nothing left behind.
import { access } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { type FailoverPrinted, failoverPrinted, type RoundPrinted } from '../harness/printed.ts';
import { printedBy, runProgram } from '../harness/program.ts';
import { snapshot, timersOf } from '../harness/snapshot.ts';
import { acquiredAt, microsOf, reachedSystemdAt } from '../harness/truth.ts';
import { until } from '../harness/until.ts';
import type { Component, Masters } from '../masters.ts';

export interface Expected {
  readonly component: Component;
  /** The fault to issue; stop unless told. */
  readonly fault?: string;
  readonly runs: number;
  readonly lock: 'Lease' | 'Endpoints';
  /** The rules' bounds of a handover, in milliseconds. */
  readonly minMs: number;
  readonly maxMs: number;
  /** The masters' offset from UTC, in minutes. */
  readonly zoneMinutes: number;
  /** `zombie`: whether the old leader can empty its successor's record on the way out, and does at least once. */
  readonly empties?: boolean;
}

/** A handover may pass the rules' bounds by what requests cost on a machine that other work keeps busy. */
const SLACK_MS = 600;
/** How far the mark may be from the line it was read from; both clocks are one kernel's. */
const MARK_MS = 5;
/** From the clock that is noted to systemd's word: a process to start, on a machine that others keep busy. */
const START_MS = 2_000;

export function failoverSuite(pair: () => Masters, expected: Expected): void {
  const { component, runs, fault = 'stop' } = expected;
  it(`measures ${fault} of ${component} ${runs} time(s), as its own log tells it, and puts all back`, async () => {
    const masters = pair();
    const before = await Promise.all(masters.names.map((name) => snapshot(masters, name)));
    const first = await masters.leader(component);

    const words = ['failover', '--component', component, '--fault', fault, '--runs', String(runs), '--yes'];
    const ran = await runProgram(masters, words);
    const printed = printedBy(ran, failoverPrinted);
    expect(printed.rounds.map(({ verdict, why }) => why ?? verdict)).toEqual(Array(runs).fill('passed'));
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(printed).toMatchObject({ component, fault, restored: true, steady: true });
    expect(printed.lock).toMatchObject({ kind: expected.lock, name: component, leaseDurationSeconds: 15 });
    expect(printed.masters.map(({ name }) => name)).toEqual(masters.names);
    await access(printed.recording);

    if (fault !== 'etcd') expectChain(printed, first);
    for (const round of printed.rounds) await expectRound(masters, round, expected);
    const last = printed.rounds.at(-1);
    expect(await masters.leader(component)).toBe(last?.to);
    if (fault === 'freeze') expect(last?.twoLeadersMs).toBeGreaterThan(0);
    // Woken, the old leader may look once before it obeys; then it knows who leads, and empties nothing.
    const emptying = printed.rounds.filter((round) => round.emptied != null);
    if (expected.empties) expect(emptying).not.toEqual([]);
    for (const { emptied, to } of emptying) expect(emptied).toMatchObject({ successor: to, retakenBy: to });
    if (expected.empties === false) expect(emptying).toEqual([]);

    const after = await Promise.all(masters.names.map((name) => snapshot(masters, name)));
    expect(after).toEqual(before);
    for (const name of masters.names) expect(await timersOf(masters, name)).not.toMatch(/kha-lab/);
  });
}

/** Each round begins at the leader that the one before it made. */
function expectChain(printed: FailoverPrinted, first: string | null): void {
  let leader = first;
  for (const { from, to } of printed.rounds) {
    expect(from).toBe(leader);
    expect(to).not.toBe(from);
    leader = to;
  }
}

async function expectRound(masters: Masters, round: RoundPrinted, expected: Expected): Promise<void> {
  const mark = (name: string) => round.marks.find((one) => one.name === name);
  const acquired = mark('acquired');
  const issued = mark('faultIssued');
  if (acquired === undefined || issued === undefined || round.to === null || round.handoverMs === null)
    throw new Error(`round ${round.round} lacks its marks: ${JSON.stringify(round)}`);

  expect(round.handoverMs).toBeGreaterThan(expected.minMs - SLACK_MS);
  expect(round.handoverMs).toBeLessThan(expected.maxMs + SLACK_MS);
  expect(round.handoverMs).toBeCloseTo(acquired.atMs - issued.atMs, 0);
  expect(issued.atMs).toBe(0);
  if (expected.fault !== 'etcd') expect(issued.host).toBe(round.from);
  expect(acquired.host).toBe(round.to);
  expect(round.marks.map(({ atMs }) => atMs)).toEqual(
    round.marks.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
  );

  // 1.20 writes its files out every five seconds, so the line may come a little after the program is done.
  const standby = round.to;
  const truth = await until(
    `the log of ${standby} shows the lease acquired in round ${round.round}`,
    async () => {
      const times = acquiredAt(await masters.lines(standby, expected.component), expected.zoneMinutes);
      return times.find((micros) => Math.abs(micros - microsOf(acquired.at)) < 2_000_000);
    },
  );
  expect(Math.abs(truth - microsOf(acquired.at)) / 1000).toBeLessThanOrEqual(MARK_MS);
  // A line is written to the microsecond, and the bar is what the clocks allow.
  expect(acquired.errorMs).toBeLessThanOrEqual(MARK_MS);
  await expectIssued(masters, issued, expected);
}

/** The command is issued before systemd has it, by no more than a busy machine takes to start `systemctl`. */
async function expectIssued(
  masters: Masters,
  issued: RoundPrinted['marks'][number],
  { fault = 'stop', component }: Expected,
): Promise<void> {
  const { host } = issued;
  if (host === null) throw new Error('a fault on no master');
  const said = await reachedSystemdAt((words) => masters.run(host, words), { fault, component });
  if (said === null) return;
  const ours = microsOf(issued.at);
  const after = said.map((micros) => (micros - ours) / 1000);
  const nearest = after.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0];
  expect(nearest, `systemd said so ${after.slice(0, 3).join()} ms after`).toBeGreaterThan(
    -issued.errorMs - 0.1,
  );
  expect(nearest).toBeLessThan(START_MS);
}
