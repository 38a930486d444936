// Rounds in sandboxes whose clocks are wrong, held against what truly was: `npx tsx bench/faults/wrongclocks.ts [RUNS] [SHAPES]`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultKinds } from '../../src/model/faultkind.ts';
import { readClockFault } from '../../src/sandbox/clock/fault.ts';
import { acquiredTruly, beganMs, processesIn } from '../../test/e2e/drivers/clocktruth.ts';
import { kha, type Started, start } from '../../test/e2e/drivers/program.ts';
import { type ExecTrace, fromMark, programOf, traceExecs } from '../../test/masters/harness/exectrace.ts';
import { microsOf } from '../../test/masters/harness/truth.ts';
import { COMPONENTS } from '../../test/masters/masters.ts';
import { type WrongClockRound, wrongClocksFile } from './wrongrounds.ts';

interface Round {
  readonly to: string | null;
  readonly verdict: string;
  readonly why?: string;
  readonly handoverErrorMs?: number | null;
  readonly marks: readonly { readonly name: string; readonly at: string; readonly errorMs: number }[];
}

process.env.KHA_DIST ??= fileURLToPath(new URL('../../dist', import.meta.url));
const runs = process.argv[2] ?? '1';
/** A step every forty seconds, there and back, for longer than any sandbox here lives. */
const steps = Array.from({ length: 90 }, (_, at) => `step=${at % 2 ? '-' : '+'}500ms@${40 * (at + 1)}s`);
const shapes = [
  { kuberm: 'drift=+200ppm', kuberm2: '+3s' },
  { kuberm: '+3s,drift=-200ppm', kuberm2: '-3s,drift=+200ppm' },
  { kuberm: ['+3s', ...steps].join(), kuberm2: 'drift=+200ppm' },
] as const;

async function gather(clocks: Readonly<Record<string, string>>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kha-clocks-'));
  const at = (name: string) => join(folder, name);
  for (const name of ['work', 'state', 'tmp']) mkdirSync(at(name));
  const env = { HOME: folder, XDG_STATE_HOME: at('state'), TMPDIR: at('tmp') };
  const home = { work: at('work'), env, recordings: () => [], pending: () => [] };
  const wrong = Object.entries(clocks).flatMap(([master, fault]) => ['--clock', `${master}=${fault}`]);
  const terms = ['--lease-duration', '5s', '--renew-deadline', '3s', '--retry-period', '1s'];
  const keeper = start(home, ['sandbox', 'up', '--json', '--lock', 'leases', ...terms, ...wrong]);
  let trace: ExecTrace | null = null;
  try {
    const sandbox = JSON.parse(await firstLine(keeper));
    const sinceMs = beganMs(env.TMPDIR);
    trace = await traceExecs(processesIn(env.TMPDIR));
    for (const fault of faultKinds)
      for (const component of COMPONENTS) {
        const words = ['--component', component, '--fault', fault, '--runs', runs, '--yes', '--json'];
        await trace.begun(programOf(fault));
        const ran = await kha(home, ['failover', '--inventory', sandbox.inventory, ...words]);
        const begun = await trace.begun(programOf(fault));
        const { rounds = [] } = JSON.parse(ran.stdout || '{}') as { rounds?: readonly Round[] };
        if (ran.exitCode !== 0)
          process.stderr.write(`${fault} ${component}: exit ${ran.exitCode} ${ran.stderr.slice(-300)}\n`);
        for (const { to, verdict, why, marks, handoverErrorMs } of rounds) {
          const issued = marks.find(({ name }) => name === 'faultIssued');
          const acquired = marks.find(({ name }) => name === 'acquired');
          const read = to === null ? null : readClockFault(clocks[to] ?? '');
          if (to === null || !acquired || !read) continue;
          const ours = microsOf(acquired.at) / 1000;
          const place = { master: to, component, fault: { ...read, sinceMs } };
          const [off] = (await acquiredTruly(sandbox, place))
            .map((truth) => ours - truth)
            .sort((a, b) => Math.abs(a) - Math.abs(b));
          const toBeginMs = issued && fromMark(microsOf(issued.at), begun);
          const told: WrongClockRound = {
            fault,
            component,
            to,
            clocks: inShort(clocks),
            verdict,
            why,
            fromTruthMs: off,
            errorMs: acquired.errorMs,
            toBeginMs,
            handoverErrorMs,
          };
          await appendFile(wrongClocksFile, `${JSON.stringify(told)}\n`);
        }
      }
  } finally {
    await trace?.end();
    keeper.kill('SIGINT');
    await keeper.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Steps by turns are told once. */
function inShort(clocks: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const short = (fault: string) =>
    fault.replace(/(,step=[^,]*)+/, ',step=+500ms and -500ms by turns every 40s');
  return Object.fromEntries(Object.entries(clocks).map(([master, fault]) => [master, short(fault)]));
}

async function firstLine(started: Started): Promise<string> {
  const withinMs = performance.now() + 60_000;
  while (!started.stdout().includes('\n')) {
    if (performance.now() > withinMs) throw new Error(`the sandbox is not up: ${started.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return started.stdout().split('\n')[0] ?? '';
}

// Two sandboxes at a time are no load to speak of; all three are. Given as digits: which.
const chosen = process.argv[3] ?? '012';
await Promise.all(shapes.filter((_, at) => chosen.includes(String(at))).map(gather));
