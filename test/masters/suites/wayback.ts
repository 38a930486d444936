// The way back, proven: the program goes, or its master, at a random moment of a round; the masters mend themselves.
import { setTimeout as after } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../src/model/random.ts';
import { runProgram, startProgram } from '../harness/program.ts';
import { snapshot } from '../harness/snapshot.ts';
import { until } from '../harness/until.ts';
import type { Component, Masters } from '../masters.ts';

export interface Dying {
  readonly fault: string;
  readonly component: Component;
  readonly way: Way;
  readonly seed: number;
}

/**
 * `killed`: SIGKILL. `silent`: as if its machine were gone, its connections left open. `cut off`: its connections break
 * and none is let through again. `rebooted`: the leader's master is, and the program lives on.
 */
export type Way = 'killed' | 'silent' | 'cut off' | 'rebooted';

/** From the program's start to the end of a round's restoring: every phase of it is met. */
const roundMs = 34_000;
/** The timer's minute, what a woken leader or a closing API server takes after it, and a busy machine. */
const mendedWithinMs = 240_000;

export function wayBackSuite(
  pair: () => Masters,
  dying: Dying,
  keep: (mended: Mended) => Promise<void> = async () => {},
): void {
  const { fault, component, way, seed } = dying;
  const moment = Math.round(seededRandom(seed)() * roundMs);
  const gone = way === 'rebooted' ? 'its master rebooted' : `the program ${way}`;
  it(`has all back after ${fault} of ${component} by itself, ${gone} after ${moment} ms`, async () => {
    const masters = pair();
    const leads = () => masters.leader(component).catch(() => null);
    const leader = await until(`${component} is led`, async () => (await leads()) ?? undefined);
    const look = () => Promise.all(masters.names.map((name) => snapshot(masters, name)));
    await untilAllServe(masters);
    const before = await look();

    const words = ['failover', '--component', component, '--fault', fault, '--yes', '--seed', String(seed)];
    const program = startProgram(masters, words);
    // A moment of a round is a time and nothing else: what is waited for is what comes of it.
    await after(moment);
    const goneMs = Date.now();
    let mendedMs: number;
    try {
      await go(masters, { way, leader, program });
      mendedMs = await until(
        'the masters are as before',
        async () => {
          expect(await look()).toEqual(before);
          return Date.now() - goneMs;
        },
        { withinMs: mendedWithinMs, everyMs: 2_000 },
      );
      await until(`${component} is led again`, async () => (await leads()) ?? undefined);
      // A program that lives on ends its round well, or says what went wrong; a bug is neither.
      if (way === 'rebooted') expect((await program).exitCode).not.toBe(70);
    } finally {
      program.kill('SIGKILL');
      await program;
      if (way === 'cut off') await filter(masters, '--delete');
    }
    // What the killed run noted is gone over, and canaries are cleaned away.
    const recovered = await runProgram(masters, ['recover']);
    expect(recovered.exitCode, recovered.stderr).toBe(0);
    await untilAllServe(masters);
    expect(await look()).toEqual(before);
    await keep({ ...dying, version: masters.version, momentMs: moment, mendedMs });
  });
}

/** API server, scheduler, controller-manager. */
const ports = [6443, 10259, 10257];

/**
 * Waits until every component of every master listens: one that was started before its API server was ready exits, seconds
 * later, and is started again; one that listens has found it.
 */
async function untilAllServe(masters: Masters): Promise<void> {
  await until(
    'every component of every master listens',
    async () => {
      for (const name of masters.names) {
        const listening = await masters.run(name, ['ss', '-Hltn']);
        if (!ports.every((port) => new RegExp(`:${port}\\s`).test(listening))) return undefined;
      }
      return true;
    },
    { withinMs: mendedWithinMs, everyMs: 2_000 },
  );
}

/** What became of one moment: after how long everything was as before. */
export interface Mended extends Dying {
  readonly version: string;
  readonly momentMs: number;
  readonly mendedMs: number;
}

async function go(
  masters: Masters,
  { way, leader, program }: { way: Way; leader: string; program: ReturnType<typeof startProgram> },
): Promise<void> {
  if (way === 'killed') program.kill('SIGKILL');
  if (way === 'silent') program.kill('SIGSTOP');
  if (way === 'cut off') await filter(masters, '--insert');
  if (way === 'rebooted') await masters.reboot(leader);
}

/** Every SSH connection to the masters is answered by a reset, in the pair's own network only. */
async function filter({ inside: [enter = '', ...rest] }: Masters, how: '--insert' | '--delete') {
  const rule = [
    'OUTPUT',
    '--protocol',
    'tcp',
    '--dport',
    '22',
    '--jump',
    'REJECT',
    '--reject-with',
    'tcp-reset',
  ];
  await execa(enter, [...rest, 'iptables', '-w', how, ...rule]);
}
