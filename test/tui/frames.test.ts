// Every kind of screen at four sizes, as a terminal shows it: kept in files, so that a change of a screen is seen as one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Observation } from '../../src/model/observation.ts';
import { type Mounted, mounted } from './mounted.ts';
import { strangeLines } from './strangelines.ts';
import { handover, plan, stopAtMs, takenAtMs } from './stream.ts';
import type { SubjectWish } from './subject.ts';

const sizes = [
  [60, 15],
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

/** Two handovers of a sandbox, as `failover --runs 2` recorded them. */
const recorded = join(import.meta.dirname, '../fixtures/recordings/stop-endpoints.ndjson.gz');
const tape: readonly Observation[] = gunzipSync(readFileSync(recorded))
  .toString()
  .trimEnd()
  .split('\n')
  .map((row) => JSON.parse(row));
const lengthMs = tape.at(-1)?.atMs ?? 0;

/** Beside the masters' own moments: 8 s into the second fault, and when its round was over. */
const faultMs = 39_304 + 8000;
const overMs = 67_000;
const replayed = { plan: null, observations: tape, title: 'replay stop-endpoints.ndjson.gz' } as const;
const explanation =
  '**16.335 s ± 0.4 ms** until `kuberm2` had the lock. You guessed about 10 s. The standby waits its whole ' +
  '`15 s` from the last renewal it saw, then takes the lock at its next look.';
const problem: Observation = {
  ...{ seq: 9_999, atMs: 14_900, errorMs: 0, host: null, kind: 'problem', code: 'busy' },
  message: 'The state is not steady: kube-scheduler on kuberm2 is activating.',
  tryThis: 'Wait until it is active, then press enter again.',
};

/** A step of two faults, as `Stopped, killed, frozen` is one: the first is over, the second is to be run. */
const killCommands = [
  { host: 'kuberm', text: 'sudo -n systemctl kill --kill-who=main --signal=SIGKILL kube-scheduler.service' },
  {
    host: 'kuberm',
    text: 'sudo -n systemd-run --unit=kha-lab-return --on-active=60 systemctl start kube-scheduler',
  },
  { host: 'kuberm2', text: 'sudo -n systemd-run --unit=kha-lab-return --on-active=60 true' },
  { host: 'kuberm', text: 'sudo -n systemctl start kube-scheduler.service' },
];
const twoFaults = {
  ...plan,
  steps: plan.steps.map((step) => ({
    ...step,
    actions: step.actions.flatMap((action) => [
      action,
      { ...action, id: 'kill-leader', title: 'Kill it', commands: killCommands },
    ]),
  })),
};

/** A step that only looks, as `The leader renews` is one. */
const watching = {
  ...plan,
  steps: plan.steps.map((step) => ({ ...step, guess: null, actions: [], checks: step.checks.slice(0, 2) })),
};

const kinds: Readonly<Record<string, SubjectWish>> = {
  'lab-opening': { atMs: 0, observations: [], plan: null, title: 'ha-masters', opening: true },
  'lab-step': { atMs: 15_000 },
  'lab-choosing-a-guess': { atMs: 15_000, view: { choosing: 1 } },
  'lab-guessed': { atMs: 25_000 },
  'lab-hint': { atMs: 15_000, view: { hints: { stop: 1 }, textTop: { stop: Number.MAX_SAFE_INTEGER } } },
  'lab-fault': { atMs: stopAtMs + 8300 },
  'lab-fault-reduced-motion': { atMs: stopAtMs + 8300, calm: true },
  'lab-result': { atMs: takenAtMs + 900, explanation },
  'lab-over': { atMs: 106_000, explanation },
  'lab-next-fault': { atMs: 100_000, explanation, plan: twoFaults },
  'lab-watching': { atMs: 15_000, plan: watching },
  'lab-problem': { atMs: 15_000, observations: [...handover().filter(({ atMs }) => atMs < 14_900), problem] },
  'lab-leaving': { atMs: stopAtMs + 5000, view: { leaving: { sinceMs: stopAtMs + 1000, hurried: false } } },
  watch: { atMs: 30_000, plan: null, title: 'watch' },
  'watch-filter': { atMs: 30_000, plan: null, title: 'watch', view: { typing: 'kuberm', filter: 'kuberm' } },
  'watch-strange-lines': {
    ...{ atMs: 30_000, plan: null, title: 'watch', observations: strangeLines() },
    view: { detail: 'raw' },
  },
  fault: { atMs: faultMs, plan: null, observations: tape, title: 'failover kube-scheduler' },
  result: { atMs: overMs, plan: null, observations: tape, title: 'failover kube-scheduler' },
  help: { atMs: 15_000, view: { panel: 'help' } },
  commands: { atMs: 100_000, view: { panel: 'commands' } },
  logs: { atMs: 30_000, view: { panel: 'logs', focus: 1 } },
  timeline: { atMs: 100_000, view: { panel: 'timeline' } },
  steps: { atMs: 15_000, view: { panel: 'steps', cursor: 1 } },
  replay: { ...replayed, atMs: 20_000, playback: { playing: true, speed: 4, positionMs: 20_000, lengthMs } },
};

const open: Mounted[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.unmount();
});

async function frame(wish: SubjectWish, env?: Record<string, string>): Promise<string> {
  const screens = mounted(wish, env);
  open.push(screens);
  const text = await screens.screen();
  const rows = text.split('\n');
  expect(rows.length).toBeLessThanOrEqual(wish.rows ?? 24);
  // What a full last row would make a terminal do, and what would take the person's scrollback.
  expect(screens.bytes()).not.toMatch(/\x1b\[[23]J/);
  return text;
}

/** Frames below each other, each under its size; spaces at the ends of rows are what nobody sees. */
async function frames(
  wish: SubjectWish,
  of: readonly (readonly [number, number])[],
  env?: Record<string, string>,
) {
  const shown: string[] = [];
  for (const [columns, rows] of of)
    shown.push(`════ ${columns}x${rows}\n${await frame({ ...wish, columns, rows }, env)}\n`);
  return shown.join('\n');
}

const keptIn = (name: string) => join(import.meta.dirname, 'frames', `${name}.txt`);

/** Many whole screens each: enough for a machine that others load. */
const patience = { timeout: 240_000 };

test.each(Object.entries(kinds))('%s', patience, async (name, wish) => {
  await expect(await frames(wish, sizes)).toMatchFileSnapshot(keptIn(name));
});

test('below the least size: what is the matter, and what helps', patience, async () => {
  const below = [
    [59, 24],
    [80, 14],
    [40, 8],
    [20, 4],
  ] as const;
  await expect(await frames({ atMs: 15_000 }, below)).toMatchFileSnapshot(keptIn('below-minimum'));
});

test('without UTF-8: the same screens in ASCII', patience, async () => {
  const shown = await frames({ atMs: stopAtMs + 8300 }, sizes, { LANG: 'C', NO_COLOR: '1' });
  await expect(shown).toMatchFileSnapshot(keptIn('ascii'));
});
