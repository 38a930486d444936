// The table of every fault, component and version, measured on real masters beside what the rules predict, into bench/README.md.

import { faultOf } from '../../src/experiment/faults.ts';
import { agreementOf } from '../../src/model/agreement.ts';
import { minorOf } from '../../src/model/kubeversion.ts';
import { predictionFor } from '../../src/model/predictfault.ts';
import { summarise } from '../../src/model/statistics.ts';
import { holm } from '../../src/model/statisticsfamily.ts';
import { machine } from '../machine.ts';
import { keepText } from '../table.ts';
import { momentsTable } from './moments.ts';
import { type KeptRound, keptRounds } from './rounds.ts';
import { judge, wrongClocksTable } from './wrongrounds.ts';

const order = ['stop', 'kill', 'freeze', 'zombie', 'apiserver', 'cut', 'etcd'];

async function main(): Promise<void> {
  const rounds = await keptRounds();
  const groups = new Map<string, KeptRound[]>();
  for (const round of rounds) {
    const name = `${round.fault} ${round.component} ${round.version}`;
    groups.set(name, [...(groups.get(name) ?? []), round]);
  }
  const rows = [...groups.values()].sort(
    (a, b) => order.indexOf(a[0]?.fault ?? '') - order.indexOf(b[0]?.fault ?? ''),
  );
  const rowsRead = rows.map(readRow);
  // One test a row: a family, in which some row would look odd by chance alone.
  const judged = holm(rowsRead.flatMap(({ p }) => p ?? []));
  const pick = judged[Symbol.iterator]();
  const lines = [
    '| fault | component | Kubernetes | n | handover, s: median, least to most | by the rules: median, bounds | KS: p, by Holm | two led, s | record emptied |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rowsRead.map(({ p, cells }) => {
      const verdict = p === null ? null : pick.next().value;
      const test = verdict && p !== null ? `${p.toFixed(3)}, ${verdict.adjusted.toFixed(3)}` : '';
      return `| ${cells.map((cell) => cell ?? (verdict?.rejected ? `**${test}**` : test)).join(' | ')} |`;
    }),
  ];
  const off = rounds.map(({ fromTruthMs }) => Math.abs(fromTruthMs)).sort((a, b) => a - b);
  const inside = rounds.filter(
    ({ fromTruthMs, acquiredErrorMs }) => Math.abs(fromTruthMs) <= acquiredErrorMs,
  );
  const p99 = off[Math.min(off.length - 1, Math.ceil(off.length * 0.99) - 1)] ?? Number.NaN;
  const handovers = judge(
    rounds.flatMap(({ fromTruthMs, toBeginMs, errorMs }) =>
      toBeginMs === undefined ? [] : [{ offMs: fromTruthMs + toBeginMs, errorMs }],
    ),
  );
  const days = rounds.map(({ at }) => at.slice(0, 10)).sort();
  await keepText(
    'faults',
    `${lines.join('\n')}\n\n` +
      `\`acquired\` beside the new leader's own line, read past the program on the same kernel clock: ` +
      `${inside.length} of ${rounds.length} rounds within the stated error, 99 % within ${p99.toFixed(2)} ms, ` +
      `at most ${(off.at(-1) ?? Number.NaN).toFixed(2)} ms. ` +
      `Restored and steady: ${rounds.filter(({ clean }) => clean).length} of ${rounds.length}.\n\n` +
      `\`handoverMs\` beside the time from the kernel's note of the fault's command to that line: ` +
      `${handovers.inside} of ${handovers.n} traced rounds within the stated error, 99 % within ` +
      `${handovers.p99Ms?.toFixed(2)} ms, at most ${Math.abs(handovers.worst?.offMs ?? Number.NaN).toFixed(2)} ms.\n\n` +
      `Measured ${[...new Set([days[0], days.at(-1)])].join(' to ')} on ${machine()}.`,
  );
  await keepText('moments', await momentsTable());
  await keepText('wrong-clocks', await wrongClocksTable());
}

/** A row's cells, null where the test's own goes: it is judged with those of the other rows. */
function readRow(group: readonly KeptRound[]): { p: number | null; cells: readonly (string | null)[] } {
  const [first] = group;
  if (!first) throw new Error('a row without rounds');
  const { fault, component, version } = first;
  const releasesOnStop = component === 'kube-scheduler' && (minorOf(`v${version}`) ?? 0) >= 22;
  const terms = { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000, releasesOnStop };
  const { prediction } = predictionFor({ fault: faultOf(fault), terms, standbys: 1 });
  const taken = group.map((one) => one.sinceBackMs ?? one.handoverMs);
  const { medianMs, minMs, maxMs } = summarise(taken);
  const agreement = agreementOf(taken.map((ms) => ({ ms, quantile: prediction.quantile })));
  const s = (ms: number | null) => (ms === null ? '' : (ms / 1000).toFixed(2));
  const two = group.flatMap(({ twoLeadersMs }) => twoLeadersMs ?? []);
  const emptied = group.filter(({ emptiedMs }) => emptiedMs !== null).length;
  const cells = [
    fault === 'etcd' ? 'etcd (from its return)' : fault,
    component,
    version,
    String(group.length),
    `${s(medianMs)}, ${s(minMs)} to ${s(maxMs)}`,
    `${s(prediction.p50Ms)}, ${s(prediction.minMs)} to ${s(prediction.maxMs)}`,
    null,
    two.some((ms) => ms > 0) ? s(Math.max(...two)) : '0',
    fault === 'zombie' ? `${emptied} of ${group.length}` : '',
  ];
  return { p: agreement?.p ?? null, cells };
}

await main();
