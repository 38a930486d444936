// The lab, unattended, on real masters: what they have is walked through and passes, what they lack is skipped and said.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { printedBy, runProgram } from '../harness/program.ts';
import { snapshot } from '../harness/snapshot.ts';
import type { Masters } from '../masters.ts';

const labPrinted = z.looseObject({
  verdict: z.string(),
  steps: z.array(z.looseObject({ step: z.string(), verdict: z.string() })),
  rounds: z.array(z.looseObject({ from: z.string(), to: z.string().nullable(), verdict: z.string() })),
});

/** These pairs have no node, no kube-proxy and no load balancer: what asks for one is skipped. */
const forNodes = ['sticky', 'minions', 'container', 'minion'];
/** Only in the log of 1.6, and of clients that ask twice. */
const forOldLogs = ['requests'];

export function labSuite(pair: () => Masters): void {
  it('walks through ha-masters unattended, hands over for real, and leaves the masters as they were', async () => {
    const masters = pair();
    const look = () => Promise.all(masters.names.map((name) => snapshot(masters, name)));
    const before = await look();
    const ran = await runProgram(masters, ['lab', 'ha-masters', '--auto', '--yes']);
    const printed = printedBy(ran, labPrinted);
    const notPassed = printed.steps.filter(({ verdict }) => verdict !== 'passed').map(({ step }) => step);
    expect(notPassed.filter((step) => ![...forNodes, ...forOldLogs].includes(step))).toEqual([]);
    expect([printed.verdict, ran.exitCode]).toEqual(['passed', 0]);
    expect(printed.rounds.map(({ verdict }) => verdict)).not.toContain('failed');
    expect(printed.rounds.length).toBeGreaterThan(0);
    expect(await look()).toEqual(before);
  });
}
