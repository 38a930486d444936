// watch: a stream of observations, one JSON object a line, that changes nothing and ends by itself.
import { expect, it } from 'vitest';
import { runProgram } from '../harness/program.ts';
import type { Masters } from '../masters.ts';

interface Seen {
  readonly seq: number;
  readonly atMs: number;
  readonly errorMs: number;
  readonly host: string | null;
  readonly kind: string;
}

export function watchSuite(pair: () => Masters): void {
  it('watches for a while and tells runs, clocks, log lines, locks and leaders', async () => {
    const masters = pair();
    const ran = await runProgram(masters, ['watch', '--for', '15s']);
    expect(ran.exitCode, ran.stderr).toBe(0);
    const seen = ran.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Seen);
    expect(seen[0]).toMatchObject({ kind: 'run', startedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect([...new Set(seen.map(({ kind }) => kind))]).toEqual(
      expect.arrayContaining(['run', 'clock', 'log', 'lock', 'leader', 'instance']),
    );
    for (const one of seen) {
      expect(one.seq).toBeTypeOf('number');
      expect(one.errorMs).toBeGreaterThanOrEqual(0);
    }
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map(({ seq }) => seq).toSorted((a, b) => a - b));
    const of = (kind: string) => new Set(seen.filter((one) => one.kind === kind).map(({ host }) => host));
    expect([...of('clock')].sort()).toEqual(['kuberm', 'kuberm2']);
    expect([...of('log')].sort()).toEqual(['kuberm', 'kuberm2']);
  });
}
