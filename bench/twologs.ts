// Two followed logs at 5,000 lines a second each: what is lost, how it is drawn, and what it costs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { atLeast, atMost, type Measurement, megabytes, type Row, times, told } from './measurement.ts';
import { median } from './pairing.ts';
import { cli, environment, root, withFolder } from './places.ts';
import { processorSeconds, rss } from './processes.ts';
import { type BenchSandbox, startSandbox } from './sandbox.ts';
import { inTerminal } from './terminal.ts';

const masters = ['kuberm', 'kuberm2'];
const rate = 5000;
const seconds = Number(process.env.KHA_BENCH_SECONDS ?? 60);

export const twoLogs: Measurement = {
  name: 'two-logs',
  quick: false,
  measure: () =>
    withFolder(async (home) => {
      const sandbox = await startSandbox(home);
      try {
        return await measure(home, sandbox);
      } finally {
        await sandbox.down();
      }
    }),
};

async function measure(home: string, sandbox: BenchSandbox): Promise<readonly Row[]> {
  const logs = masters.map((name) => logOf(sandbox, name));
  for (const log of logs) await writeFile(log, '');
  const inventory = join(home, 'kha-lab.yaml');
  await writeFile(inventory, await withLogs(sandbox.inventory, logs));
  const recording = join(home, 'watch.ndjson');
  const argv = [cli(), 'watch', '--inventory', inventory, '--record', recording];
  const program = inTerminal({ argv, env: environment(home), cwd: home, columns: 120, rows: 40 });
  await program.until('kuberm2');
  // Every line, not only those about the election.
  program.type('v');
  await untilFollowed(recording, logs);
  const tails = masters.map((name, at) =>
    spawn('ssh', ['-F', sandbox.sshConfig, name, 'tail', '-n', '0', '-F', logs[at] ?? ''], {
      stdio: 'ignore',
    }),
  );
  try {
    const pids = tails.map(({ pid }) => pid ?? 0);
    const before = {
      frames: program.frames(),
      own: processorSeconds([program.pid]),
      tails: processorSeconds(pids),
    };
    const generators = logs.map((log) => generate(log));
    const memory = await sampled(program.pid, Promise.all(generators));
    const took = {
      frames: program.frames() - before.frames,
      own: processorSeconds([program.pid]) - before.own,
    };
    const tailSeconds = processorSeconds(pids) - before.tails;
    await untilRecorded(recording);
    program.type('\x03');
    await program.ended;
    const { missing, twice } = await countLines(recording);
    const whole = (value: number) => value.toLocaleString('en');
    const early = median(memory.slice(memory.length / 6, memory.length / 3));
    const late = median(memory.slice(-memory.length / 6));
    return [
      atMost(0, {
        what: `lines missing from the recording, of ${whole(2 * rate * seconds)}`,
        value: missing,
        tell: whole,
      }),
      atMost(0, { what: 'lines recorded more than once', value: twice, tell: whole }),
      atLeast(8, {
        what: 'frames a second',
        value: took.frames / seconds,
        tell: (value) => value.toFixed(1),
      }),
      atMost(200e6, { what: 'memory at its highest (RSS)', value: Math.max(...memory), tell: megabytes }),
      atMost(1.25, {
        what: 'memory near the end beside memory near the beginning',
        value: late / early,
        beside: `${megabytes(late)} to ${megabytes(early)}`,
        tell: times,
      }),
      told({
        what: 'processor time of kha-lab: connections, parsing, recording, screens',
        value: took.own / tailSeconds,
        beside: `${took.own.toFixed(1)} s to ${tailSeconds.toFixed(1)} s of two \`ssh HOST tail -F\``,
        tell: times,
      }),
    ];
  } finally {
    for (const tail of tails) tail.kill('SIGKILL');
    await program.kill();
  }
}

function logOf({ inventory }: BenchSandbox, name: string): string {
  return join(dirname(inventory), 'masters', name, 'var/log/kubernetes/bench.log');
}

async function withLogs(inventory: string, logs: readonly string[]): Promise<string> {
  const written = parse(await readFile(inventory, 'utf8'));
  written.masters.forEach((master: { components?: unknown }, at: number) => {
    master.components = { 'kube-scheduler': { logs: logs[at] } };
  });
  return stringify(written);
}

function generate(log: string): Promise<unknown> {
  const argv = [
    '--import',
    'tsx',
    join(import.meta.dirname, 'generator.ts'),
    log,
    String(rate),
    String(seconds),
  ];
  return once(spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }), 'exit');
}

/** Writes a line now and then until both logs are seen to be followed. */
async function untilFollowed(recording: string, logs: readonly string[]): Promise<void> {
  await until('both logs are followed', async () => {
    for (const [at, log] of logs.entries()) await appendFile(log, `is this followed? ${masters[at]}\n`);
    const text = await readFile(recording, 'utf8').catch(() => '');
    return masters.every((name) => text.includes(`is this followed? ${name}"`));
  });
}

async function untilRecorded(recording: string): Promise<void> {
  const last = ` n=${rate * seconds - 1}"`;
  await until('the last lines are recorded', async () => {
    let seen = 0;
    for await (const line of linesOf(recording)) if (line.includes(last)) seen += 1;
    return seen >= masters.length;
  }).catch(() => {});
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

/** Resident memory once a second until `ended`. */
async function sampled(pid: number, ended: Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    samples.push(rss(pid));
    await Promise.race([ended, pause(1000)]);
  }
  return samples;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await pause(200);
  }
}
