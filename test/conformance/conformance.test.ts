// Our elector against client-go's on the same locks: what each does to the other, and what each writes.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithGo } from './able.ts';
import { playRounds } from './run.ts';
import { type Server, startMiniature, startReal } from './servers.ts';
import { keepTable, tableOf } from './table.ts';
import { judge, type Verdict } from './verdict.ts';

const seed = Number(process.env.KHA_CONFORMANCE_SEED || 20261125);
/** At each API server. */
const rounds = Number(process.env.KHA_CONFORMANCE_ROUNDS || 100);
const chosen = process.env.KHA_CONFORMANCE_SERVER;

const servers = [
  { name: 'miniature', title: 'our miniature API server', start: startMiniature },
  { name: 'real', title: 'kube-apiserver 1.36.3 over etcd', start: startReal },
] as const;

for (const { name, title, start } of servers) {
  if (chosen && chosen !== name) continue;
  const body = () => {
    let server: Server | undefined;
    let verdict: Verdict;
    beforeAll(async () => {
      server = await start();
      const played = await playRounds(server, { rounds, seed });
      verdict = judge(played, seed);
      const table = tableOf(title, played, verdict);
      process.stdout.write(`seed ${seed}\n${table}\n`);
      if (process.env.KHA_CONFORMANCE_KEEP === 'yes') keepTable(name, table);
    }, 1_500_000);
    afterAll(() => server?.clear());

    it('never sees two leaders beyond what the rules allow', () => expect(verdict.leaders).toEqual([]));
    it('finishes its rounds', () => expect(verdict.failing).toEqual([]));
    it('hands over within the bounds of each way to leave', () => expect(verdict.late).toEqual([]));
    it('sees no lease taken before it ran out', () => expect(verdict.early).toEqual([]));
    it('finds records equal field by field, whoever wrote them', () => {
      // A short run need not see a zombie on each side.
      if (rounds >= 100) expect(verdict.unseen).toEqual([]);
      expect(verdict.records).toEqual([]);
    });
    it('finds handovers to ours distributed as those to client-go', () => {
      for (const { of, p } of verdict.comparisons) expect(p, of).toBeGreaterThan(0.001);
    });
  };
  await describeWithGo(title, { server: name, body });
}
