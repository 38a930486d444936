// Gathers handovers on real masters: every fault asked for, both components, appended to rounds.ndjson beside this file.
import { appendFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { faultKinds } from '../../src/model/faultkind.ts';
import {
  type ExecTrace,
  fromMark,
  programOf,
  sshdOf,
  traceExecs,
} from '../../test/masters/harness/exectrace.ts';
import { failoverPrinted } from '../../test/masters/harness/printed.ts';
import { printedBy, runProgram } from '../../test/masters/harness/program.ts';
import { acquiredAt, microsOf } from '../../test/masters/harness/truth.ts';
import { until } from '../../test/masters/harness/until.ts';
import { bootMasters, COMPONENTS, type Component, type Masters } from '../../test/masters/masters.ts';
import { type KeptRound, roundsFile } from './rounds.ts';

const usage = `usage: npx tsx bench/faults/gather.ts 1.36.3|1.20.2 [--runs N] [--fault F]… [--component C]…
  Boots a pair of real masters, runs N rounds of each, takes the pair down. As root, on Debian.
`;

async function gather(
  masters: Masters,
  trace: ExecTrace,
  wish: { fault: string; component: Component; runs: number },
) {
  const { fault, component, runs } = wish;
  const words = ['failover', '--component', component, '--fault', fault, '--runs', String(runs), '--yes'];
  const program = programOf(fault);
  await trace.begun(program);
  const ran = await runProgram(masters, words);
  const begun = await trace.begun(program);
  const printed = printedBy(ran, failoverPrinted);
  const clean = ran.exitCode === 0 && printed.restored && printed.steady;
  if (!clean)
    process.stderr.write(`${fault} ${component}: exit ${ran.exitCode}\n${ran.stderr.slice(-600)}\n`);
  for (const round of printed.rounds) {
    const acquired = round.marks.find(({ name }) => name === 'acquired');
    const back = round.marks.find(({ name }) => name === 'faultEnded');
    if (!acquired || round.handoverMs === null) continue;
    const ours = microsOf(acquired.at);
    const taker = acquired.host ?? '';
    // klog files of 1.20 are written out every five seconds.
    const truth = await until(`${taker} tells of its lease`, async () =>
      acquiredAt(await masters.lines(taker, component), 0).find((at) => Math.abs(at - ours) < 1_000_000),
    );
    const issued = round.marks.find(({ name }) => name === 'faultIssued');
    const toBegin = issued && fromMark(microsOf(issued.at), begun);
    const kept: KeptRound = {
      version: masters.version,
      component,
      fault,
      handoverMs: round.handoverMs,
      errorMs: round.handoverErrorMs ?? 0,
      ...(fault === 'etcd' && back && { sinceBackMs: acquired.atMs - back.atMs }),
      acquiredErrorMs: acquired.errorMs,
      fromTruthMs: Math.round(ours - truth) / 1000,
      ...(issued && toBegin !== undefined && { toBeginMs: toBegin, issuedErrorMs: issued.errorMs }),
      outageMs: round.outageMs,
      twoLeadersMs: round.twoLeadersMs,
      emptiedMs: round.emptied ? round.emptied.atMs : null,
      predictedMs: round.predictedMs ?? null,
      verdict: round.verdict,
      clean,
      load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
      at: acquired.at,
    };
    await appendFile(roundsFile, `${JSON.stringify(kept)}\n`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '1' },
      fault: { type: 'string', multiple: true, default: [...faultKinds] },
      component: { type: 'string', multiple: true, default: [...COMPONENTS] },
    },
  });
  const [version] = positionals;
  if (version !== '1.36.3' && version !== '1.20.2') {
    process.stderr.write(usage);
    return 2;
  }
  const masters = await bootMasters({ version, login: 'root' });
  const trace = await traceExecs(await sshdOf(masters));
  try {
    for (const fault of values.fault)
      for (const component of COMPONENTS.filter((one) => values.component.includes(one)))
        await gather(masters, trace, { fault, component, runs: Number(values.runs) }).catch((error) =>
          process.stderr.write(`${fault} ${component}: ${error}\n`),
        );
  } finally {
    await trace.end();
    await masters.down();
  }
  return 0;
}

process.exitCode = await main();
