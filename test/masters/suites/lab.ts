// The lab, unattended, on real masters that are nodes too: every step passes, none is skipped.
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

/** With every handover of the lab, every way back, and a slow machine. */
const withinMs = 1_500_000;

export function labSuite(pair: () => Masters): void {
  it(
    'walks through ha-masters unattended, hands over for real, and leaves the masters as they were',
    async () => {
      const masters = pair();
      const look = () => Promise.all(masters.names.map((name) => snapshot(masters, name)));
      const before = await look();
      const ran = await runProgram(masters, ['lab', 'ha-masters', '--auto', '--yes']);
      const printed = printedBy(ran, labPrinted);
      expect(printed.steps.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
      expect([printed.verdict, ran.exitCode]).toEqual(['passed', 0]);
      expect(printed.rounds.map(({ verdict }) => verdict)).not.toContain('failed');
      expect(printed.rounds.length).toBeGreaterThan(0);
      expect(await look()).toEqual(before);
    },
    withinMs,
  );
}
