// The outage as canaries show it, held against a watch of the pods that the program knows nothing of.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { getJson, sendJson } from '../harness/api.ts';
import { type PodsWatched, watchPods } from '../harness/podwatch.ts';
import { failoverPrinted, type RoundPrinted } from '../harness/printed.ts';
import { printedBy, runProgram } from '../harness/program.ts';
import type { Component, Masters } from '../masters.ts';

/** What a busy machine may take to hand curl's lines over. */
const SLACK_MS = 100;

export function outageSuite(pair: () => Masters, component: Component): void {
  it(`measures the outage of ${component} as its pods show it, and takes its canaries away`, async () => {
    const masters = pair();
    const watched = await watchPods(masters.api, 'kuberm');
    const words = ['failover', '--component', component, '--yes'];
    const ran = await runProgram(masters, words).finally(() => watched.stop());
    const [round] = printedBy(ran, failoverPrinted).rounds;
    expect(ran.exitCode, ran.stderr).toBe(0);
    if (round?.outageMs == null || round.outageErrorMs === null) throw new Error(JSON.stringify(round));

    const truth = longestPause(watched, component);
    expect(Math.abs(round.outageMs - truth.ms)).toBeLessThanOrEqual(round.outageErrorMs + SLACK_MS);
    const first = markOf(round, 'firstWork');
    expect(Math.abs(Date.parse(first.at) - truth.endMs)).toBeLessThanOrEqual(first.errorMs + SLACK_MS);
    expect(first.host).toBe(round.to);
    // The handover is a part of it, but for what the old leader did not do in its last moments.
    expect(round.outageMs + round.outageErrorMs).toBeGreaterThan(round.handoverMs ?? Number.NaN);
    expect(round.missing).toBeUndefined();
    expect(round.canaries?.backlog).toBeGreaterThan(0);
    expect(round.canaries?.drainedMs).toEqual(expect.any(Number));
    expect(await canaryNamespaces(masters)).toEqual([]);
  });
}

export function outageWithoutRightsSuite(pair: () => Masters): void {
  it('counts a round whose canaries are forbidden, and says what it lacks', async () => {
    const masters = pair();
    const ran = await runProgram(masters, ['doctor']);
    const { rbac } = JSON.parse(ran.stdout) as { rbac: string };
    const role = parse(rbac) as { rules: { resources?: string[] }[] };
    const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles/kha-lab';
    const rules = role.rules.filter(({ resources }) => !resources?.includes('namespaces'));
    await sendJson(masters.api, 'kuberm', { method: 'PUT', path, object: { ...role, rules } });
    try {
      const tried = await runProgram(masters, ['failover', '--yes']);
      const [round] = printedBy(tried, failoverPrinted).rounds;
      expect(tried.exitCode, tried.stderr).toBe(0);
      expect(round).toMatchObject({ verdict: 'passed', outageMs: null, outageErrorMs: null });
      expect(round?.missing).toEqual([expect.stringMatching(/^outage: no canaries could be made: .* 403: /)]);
      expect(tried.stderr).toContain('kha-lab doctor');
    } finally {
      await sendJson(masters.api, 'kuberm', { method: 'PUT', path, object: role });
    }
  });
}

/** Between two pieces of work, as the watch saw them: the longest there was. */
function longestPause({ seen }: PodsWatched, component: Component): { ms: number; endMs: number } {
  const done = seen.filter(({ by }) => by === component).map(({ atMs }) => atMs);
  const pauses = done.slice(1).map((endMs, index) => ({ ms: endMs - (done[index] ?? endMs), endMs }));
  const longest = pauses.sort((a, b) => b.ms - a.ms)[0];
  if (!longest) throw new Error(`the watch saw no work of ${component}`);
  return longest;
}

function markOf(round: RoundPrinted, name: string) {
  const mark = round.marks.find((one) => one.name === name);
  if (!mark) throw new Error(`round ${round.round} has no ${name}: ${JSON.stringify(round)}`);
  return mark;
}

async function canaryNamespaces({ api }: Masters): Promise<readonly string[]> {
  const { items } = (await getJson(api, 'kuberm', '/api/v1/namespaces')) as {
    items: { metadata: { name: string } }[];
  };
  return items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('kha-lab-'));
}
