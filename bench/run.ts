// Runs the measurements named, or all; prints their table; exit code 1 when a bound was passed.
import { parseArgs } from 'node:util';
import { checks } from './checks.ts';
import { firstFrame } from './firstframe.ts';
import { handovers } from './handovers.ts';
import { longRecording } from './longrecording.ts';
import { longReport } from './longreport.ts';
import type { Measurement, Row } from './measurement.ts';
import { predicting } from './prediction.ts';
import { sandboxReady } from './sandboxready.ts';
import { seeking } from './seeking.ts';
import { startUp } from './startup.ts';
import { keep, table } from './table.ts';
import { tarball } from './tarball.ts';
import { twoLogs } from './twologs.ts';
import { version } from './version.ts';

const all: readonly Measurement[] = [
  version,
  firstFrame,
  startUp,
  tarball,
  predicting,
  sandboxReady,
  checks,
  twoLogs,
  longRecording,
  longReport,
  seeking,
  handovers,
];

const usage = `usage: npm run bench -- [--quick] [--keep] [NAME…]
  names: ${all.map(({ name }) => name).join(' ')}
  --quick   those that take seconds
  --keep    write the tables into bench/README.md
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, keep: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const known = positionals.every((wanted) => all.some(({ name }) => name === wanted));
  if (values.help || !known) {
    process.stderr.write(usage);
    return known ? 0 : 2;
  }
  const wanted = all.filter(
    ({ name, quick }) => (positionals.length === 0 || positionals.includes(name)) && (!values.quick || quick),
  );
  const rows: Row[] = [];
  for (const { name, measure } of wanted) {
    process.stderr.write(`${name} …\n`);
    const measured = await measure();
    rows.push(...measured);
    if (values.keep) await keep(name, measured);
  }
  process.stdout.write(`${table(rows)}\n`);
  return rows.some(({ kept }) => kept === false) ? 1 : 0;
}

process.exitCode = await main();
