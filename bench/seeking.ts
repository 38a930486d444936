// A recording of a gigabyte on the screens: how soon it is there, how soon one is elsewhere in it, and how little memory.
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { longRun } from '../test/recording/longrun.ts';
import { atMost, type Measurement, megabytes, milliseconds, type Row, told } from './measurement.ts';
import { median } from './pairing.ts';
import { cli, environment, root, withFolder } from './places.ts';
import { rss } from './processes.ts';
import { ran } from './ran.ts';
import { inTerminal } from './terminal.ts';

/** Of 0.76 MB and two handovers each. */
const times = Number(process.env.KHA_BENCH_TIMES ?? 1330);
const fixture = join(root, 'test/fixtures/recordings/stop-endpoints.ndjson.gz');
/** On tenths of it to the end, then back over the handovers there and by tenths. */
const keys = [...'.........', ...'[[,,,,[,,,'];
/** 0.015 on two quiet cores, where a jump takes 0.2 s and reading it all 13 s. */
const part = 0.06;
const quietMs = 1000;

export const seeking: Measurement = {
  name: 'seeking',
  quick: false,
  measure: () =>
    withFolder(async (home) => {
      const file = join(home, 'long.ndjson');
      await pipeline(Readable.from(longRun({ fixture, times })), createWriteStream(file));
      const { size } = await stat(file);
      const first = await played(home, file, []);
      const again = await played(home, file, keys);
      const { seconds } = await ran(home, ['replay', file, '--json']);
      const jump = median(again.jumps);
      const what = `${megabytes(size)}, ${(2 * times).toLocaleString('en')} handovers`;
      return [
        told({ what: `${what}: played, its index made first`, value: first.shownMs, tell: inSeconds }),
        told({ what: 'played once more', value: again.shownMs, tell: milliseconds }),
        told({ what: `a jump: median of ${keys.length}`, value: jump, tell: milliseconds }),
        atMost(quietMs, {
          what: 'a jump: the quickest to another block',
          value: Math.min(...again.jumps),
          tell: milliseconds,
        }),
        atMost(part, {
          what: 'a jump, of what it takes to read all of it (`replay --json`)',
          value: jump / (seconds * 1000),
          beside: `${milliseconds(jump)} to ${inSeconds(seconds * 1000)}`,
          tell: (value) => value.toFixed(3),
        }),
        atMost(300e6, {
          what: 'memory at its highest (RSS), with screens, its index made',
          value: Math.max(first.peak, again.peak),
          tell: megabytes,
        }),
      ] satisfies readonly Row[];
    }),
};

const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** `00:07` of `00:07/27:15:40`. */
const placeOn = (screen: string) => /(\S+)\/[\d:]+ *$/m.exec(screen)?.[1] ?? '';

async function played(home: string, file: string, presses: readonly string[]) {
  const argv = [cli(), 'replay', file];
  const size = { columns: 120, rows: 40, cwd: home };
  const program = inTerminal({ ...size, argv, env: environment(home) });
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, rss(program.pid));
  }, 100);
  try {
    const shownMs = await program.until('▶ replay');
    program.type(' ');
    await program.until('‖ replay');
    const jumps: number[] = [];
    for (const key of presses) {
      const before = placeOn(program.screen());
      const pressed = performance.now();
      program.type(key);
      await program.until((screen) => placeOn(screen) !== before);
      jumps.push(performance.now() - pressed);
    }
    program.type('\x03');
    await program.ended;
    return { shownMs, jumps, peak };
  } finally {
    clearInterval(sampling);
    await program.kill();
  }
}
