// A report of ten thousand rounds, in the terminal and as a page: how little memory, and how much work beside reading the recording alone.
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Observation } from '../src/model/observation.ts';
import { longRun } from '../test/recording/longrun.ts';
import { atMost, type Measurement, megabytes, type Row, times, told } from './measurement.ts';
import { root, withFolder } from './places.ts';
import { type Ran, ran } from './ran.ts';

/** Two to a telling of the fixture. */
const rounds = Number(process.env.KHA_BENCH_ROUNDS ?? 10_000);
const fixture = join(root, 'test/fixtures/recordings/stop-endpoints.ndjson.gz');
const most = 300e6;

export const longReport: Measurement = {
  name: 'long-report',
  quick: false,
  measure: () =>
    withFolder(async (home) => {
      const file = join(home, 'rounds.ndjson');
      const run = longRun({ fixture, times: rounds / 2, kept: bearsOnRounds });
      await pipeline(Readable.from(run), createWriteStream(file));
      const { size } = await stat(file);
      const page = join(home, 'report.html');
      const read = await ran(home, ['replay', file, '--json']);
      const lines = await ran(home, ['report', file]);
      const paged = await ran(home, ['report', file, '--html', page]);
      const what = `${rounds.toLocaleString('en')} rounds`;
      return [
        told({ what: `${what}: the recording`, value: size, tell: megabytes }),
        told({ what: `${what}: the page`, value: (await stat(page)).size, tell: megabytes }),
        memory(`${what}, \`report\``, lines),
        memory(`${what}, \`report --html\``, paged),
        beside(`${what}, \`report\``, { long: lines, read }),
        beside(`${what}, \`report --html\``, { long: paged, read }),
      ] satisfies readonly Row[];
    }),
};

/** What a run without canaries, at a low verbosity, would have recorded: else it is gigabytes. */
function bearsOnRounds(one: Observation): boolean {
  return one.kind !== 'canary' && (one.kind !== 'log' || (one.event !== null && one.event.is !== 'request'));
}

function memory(what: string, { peak }: Ran): Row {
  return atMost(most, { what: `${what}: memory at its highest (RSS)`, value: peak, tell: megabytes });
}

function beside(what: string, { long, read }: { readonly long: Ran; readonly read: Ran }): Row {
  const seconds = ({ processor }: Ran) => `${processor.toFixed(1)} s`;
  return atMost(2, {
    what: `${what}: processor time, of what it takes to read all of it (\`replay --json\`)`,
    value: long.processor / read.processor,
    beside: `${seconds(long)} to ${seconds(read)}`,
    tell: times,
  });
}
