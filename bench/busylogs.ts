// Two logs of the sandbox's masters that are written to at a steady rate, and two `ssh HOST tail -F` that follow them: the yardstick.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { appendFile, open, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './places.ts';
import { processorSeconds, pss, treeOf } from './processes.ts';
import type { BenchSandbox } from './sandbox.ts';
import type { TerminalProgram } from './terminal.ts';

export const masters = ['kuberm', 'kuberm2'];
/** Lines a second, in each. */
export const rate = 5000;
export const seconds = Number(process.env.KHA_BENCH_SECONDS ?? 60);
export const linesInAll = masters.length * rate * seconds;
/** What the last line of each ends with. */
export const lastLine = ` n=${rate * seconds - 1}`;

export interface BusyLogs {
  readonly sandbox: BenchSandbox;
  /** One of each master, in their order. */
  readonly files: readonly string[];
}

/** Empty ones; nobody may follow them. */
export async function emptyLogs(sandbox: BenchSandbox): Promise<BusyLogs> {
  const folder = (name: string) => join(dirname(sandbox.inventory), 'masters', name, 'var/log/kubernetes');
  const files = masters.map((name) => join(folder(name), 'bench.log'));
  for (const file of files) await writeFile(file, '');
  return { sandbox, files };
}

/** `ssh HOST tail -F` of each log, from its end on. */
export function tailing({ sandbox, files }: BusyLogs): readonly (readonly string[])[] {
  // Its input is nobody's: the keys are for the program that reads its output.
  return masters.map((name, at) =>
    ['ssh', '-n', '-F', sandbox.sshConfig, name].concat(['tail', '-n', '0', '-F', files[at] ?? '']),
  );
}

/** What following took while both logs were written. */
export interface Followed {
  /** Of the program and whatever it began, seconds. */
  readonly processor: number;
  /** Memory of all of them (PSS), once a second, bytes. */
  readonly memory: readonly number[];
  /** Drawn as one synchronized update each; 0 of programs that do not know of such. */
  readonly frames: number;
  /** Of two `ssh HOST tail -F` into files beside it, seconds. */
  readonly tails: number;
  /** Lines that those did not bring. */
  readonly lostByTails: number;
}

/** Writes both logs to their end, with the yardstick following beside the program. */
export async function whileBusy(
  home: string,
  logs: BusyLogs,
  { pid, frames }: Pick<TerminalProgram, 'pid' | 'frames'>,
): Promise<Followed> {
  const into = masters.map((name) => join(home, `${name}.tail`));
  const tails = await Promise.all(tailing(logs).map((argv, at) => follow(argv, into[at] ?? '')));
  try {
    await untilFollowed(logs, 'tail', async () =>
      (await Promise.all(into.map((file) => readFile(file, 'utf8')))).join(),
    );
    const pids = tails.map((tail) => tail.pid ?? 0);
    const before = { own: processorSeconds(treeOf(pid)), tails: processorSeconds(pids), frames: frames() };
    const memory = await sampled(pid, Promise.all(logs.files.map(generate)));
    const own = processorSeconds(treeOf(pid)) - before.own;
    const tailSeconds = processorSeconds(pids) - before.tails;
    const drawn = frames() - before.frames;
    const atEnd = async () => (await countIn(into)) >= linesInAll;
    await until('the tails are at the end', atEnd, () => bytesIn(into)).catch(() => {});
    const lostByTails = linesInAll - (await countIn(into));
    return { processor: own, memory, frames: drawn, tails: tailSeconds, lostByTails };
  } finally {
    for (const tail of tails) tail.kill('SIGKILL');
  }
}

async function follow([program = '', ...args]: readonly string[], into: string) {
  const file = await open(into, 'w');
  const child = spawn(program, args, { stdio: ['ignore', file.fd, 'inherit'] });
  await file.close();
  return child;
}

/** Writes a line to each now and then, as their components do, until all of them came out. */
export async function untilFollowed(
  { files }: BusyLogs,
  by: string,
  out: () => Promise<string>,
): Promise<void> {
  const words = (name: string | undefined) => `is this followed by ${by}? ${name}.`;
  await until(`${by} follows both logs`, async () => {
    const now = new Date().toISOString();
    const header = `I${now.slice(5, 7)}${now.slice(8, 10)} ${now.slice(11, 23)}000   ${process.pid} bench.go:1]`;
    for (const [at, file] of files.entries()) await appendFile(file, `${header} ${words(masters[at])}\n`);
    const text = await out();
    return masters.every((name) => text.includes(words(name)));
  });
}

export async function bytesIn(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** How many numbered lines these files have, those of them that are there. */
export async function countIn(files: readonly string[]): Promise<number> {
  let count = 0;
  for (const file of files.filter((one) => existsSync(one)))
    for await (const line of createInterface({ input: createReadStream(file) }))
      if (/ n=\d+$/.test(line)) count += 1;
  return count;
}

function generate(log: string): Promise<unknown> {
  const generator = join(import.meta.dirname, 'generator.ts');
  const argv = ['--import', 'tsx', generator, log, String(rate), String(seconds)];
  return once(spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }), 'exit');
}

/** Memory of a process and what it began, once a second until `ended`. */
async function sampled(pid: number, ended: Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    samples.push(pss(treeOf(pid)));
    await Promise.race([ended, pause(1000)]);
  }
  return samples;
}

/** @param progress a number that grows as long as there is something to wait for: only a minute without that is in vain. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  progress: () => Promise<number> = async () => 0,
): Promise<void> {
  let deadline = Date.now() + 60_000;
  let reached = await progress();
  while (!(await holds())) {
    const now = await progress();
    if (now > reached) deadline = Date.now() + 60_000;
    reached = now;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await pause(500);
  }
}
