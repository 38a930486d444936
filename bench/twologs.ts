// Two followed logs at 5,000 lines a second each: what is lost, how it is drawn, and what it costs; beside what else follows logs.
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse, stringify } from 'yaml';
import {
  bytesIn,
  emptyLogs,
  type Followed,
  lastLine,
  linesInAll,
  masters,
  rate,
  seconds,
  until,
  untilFollowed,
  whileBusy,
} from './busylogs.ts';
import { type FollowerTook, followed, followers } from './followers.ts';
import {
  atLeast,
  atMost,
  leftOut,
  type Measurement,
  megabytes,
  type Row,
  times,
  told,
} from './measurement.ts';
import { median } from './pairing.ts';
import { cli, environment, withFolder } from './places.ts';
import { type BenchSandbox, startSandbox } from './sandbox.ts';
import { inTerminal } from './terminal.ts';

export const twoLogs: Measurement = {
  name: 'two-logs',
  quick: false,
  measure: () =>
    withFolder(async (home) => {
      const sandbox = await startSandbox(home);
      try {
        const own = await watched(home, sandbox);
        const rows = [...ownRows(own)];
        for (const follower of followers) {
          const took = await followed(home, sandbox, follower);
          rows.push(
            ...(took ? besideRows(own, took) : [leftOut(`beside ${follower.name}`, 'not installed')]),
          );
        }
        return rows;
      } finally {
        await sandbox.down();
      }
    }),
};

interface Watched extends Followed {
  readonly missing: number;
  readonly twice: number;
}

/** `kha-lab watch` on both, every line shown and recorded. */
async function watched(home: string, sandbox: BenchSandbox): Promise<Watched> {
  const logs = await emptyLogs(sandbox);
  const inventory = join(home, 'kha-lab.yaml');
  await writeFile(inventory, await withLogs(sandbox.inventory, logs.files));
  const recording = join(home, 'watch.ndjson');
  const argv = [cli(), 'watch', '--inventory', inventory, '--record', recording];
  const program = inTerminal({ argv, env: environment(home), cwd: home, columns: 120, rows: 40 });
  try {
    await program.until('kuberm2');
    // Every line, not only those about the election.
    program.type('v');
    await untilFollowed(logs, 'kha-lab', () => readFile(recording, 'utf8').catch(() => ''));
    const took = await whileBusy(home, logs, program);
    await untilRecorded(recording);
    program.type('\x03');
    await program.ended;
    return { ...took, ...(await countLines(recording)) };
  } finally {
    await program.kill();
  }
}

const whole = (value: number) => value.toLocaleString('en');
const inSeconds = (value: number) => `${value.toFixed(1)} s`;

function ownRows({ missing, twice, frames, memory, processor, tails, lostByTails }: Watched): readonly Row[] {
  const early = median(memory.slice(memory.length / 6, memory.length / 3));
  const late = median(memory.slice(-memory.length / 6));
  return [
    atMost(0, {
      what: `lines missing from the recording, of ${whole(linesInAll)}`,
      value: missing,
      tell: whole,
    }),
    atMost(0, { what: 'lines recorded more than once', value: twice, tell: whole }),
    atLeast(8, { what: 'frames a second', value: frames / seconds, tell: (value) => value.toFixed(1) }),
    atMost(200e6, { what: 'memory at its highest (PSS)', value: Math.max(...memory), tell: megabytes }),
    atMost(1.25, {
      what: 'memory near the end beside memory near the beginning',
      value: late / early,
      beside: `${megabytes(late)} to ${megabytes(early)}`,
      tell: times,
    }),
    told({ what: 'lines that two `ssh HOST tail -F` lost', value: lostByTails, tell: whole }),
    atMost(60, {
      what: 'processor time: connections, parsing, recording, screens; of two `ssh HOST tail -F`',
      value: processor / tails,
      beside: `${inSeconds(processor)} to ${inSeconds(tails)}`,
      tell: times,
    }),
  ];
}

/** By what two `ssh HOST tail -F` took beside each: a minute later the machine may be another. */
function besideRows(own: Followed, other: FollowerTook): readonly Row[] {
  const { name, lost } = other;
  const peak = ({ memory }: Followed) => Math.max(...memory);
  const costs = ({ processor, tails }: Followed) => processor / tails;
  return [
    told({ what: `${name}: lines it does not have, of ${whole(linesInAll)}`, value: lost, tell: whole }),
    atMost(30, {
      what: `processor time, of what ${name} takes`,
      value: costs(own) / costs(other),
      beside: `${times(costs(own))} to ${times(costs(other))} of two \`ssh HOST tail -F\``,
      tell: times,
    }),
    atMost(20, {
      what: `memory at its highest (PSS), of what ${name} and its ssh take`,
      value: peak(own) / peak(other),
      beside: `${megabytes(peak(own))} to ${megabytes(peak(other))}`,
      tell: times,
    }),
  ];
}

async function withLogs(inventory: string, logs: readonly string[]): Promise<string> {
  const written = parse(await readFile(inventory, 'utf8'));
  written.masters.forEach((master: { components?: unknown }, at: number) => {
    master.components = { 'kube-scheduler': { logs: logs[at] } };
  });
  return stringify(written);
}

/** However far behind a busy machine it is: what comes late is not lost. */
async function untilRecorded(recording: string): Promise<void> {
  const isThere = async () => {
    let seen = 0;
    for await (const line of linesOf(recording)) if (line.includes(`${lastLine}"`)) seen += 1;
    return seen >= masters.length;
  };
  await until('the last lines are recorded', isThere, () => bytesIn([recording])).catch(() => {});
}

async function countLines(recording: string): Promise<{ missing: number; twice: number }> {
  const seen = new Map(masters.map((name) => [name, new Uint8Array(rate * seconds)]));
  let twice = 0;
  for await (const line of linesOf(recording)) {
    const number = / n=(\d+)"/.exec(line)?.[1];
    const counts = number === undefined ? undefined : seen.get(JSON.parse(line).host);
    if (!counts) continue;
    const at = Number(number);
    if (counts[at] === 1) twice += 1;
    counts[at] = 1;
  }
  const missing = [...seen.values()].reduce(
    (sum, each) => sum + each.filter((count) => count === 0).length,
    0,
  );
  return { missing, twice };
}

function linesOf(file: string) {
  return createInterface({ input: createReadStream(file) });
}
