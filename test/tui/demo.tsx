// The screens with a made-up handover in real time, to look at while building: npx tsx test/tui/demo.tsx [watch] [speed]
import type { LabFeed } from '../../src/model/labplan.ts';
import type { Observation } from '../../src/model/observation.ts';
import { openScreens } from '../../src/tui/open.tsx';
import { handover, plan } from './stream.ts';

const args = process.argv.slice(2);
const speed = Number(args.find((arg) => /^\d/.test(arg)) ?? 1);
const withLab = !args.includes('watch');
let from = performance.now();
const nowMs = () => (performance.now() - from) * speed;
const listeners = new Set<(observation: Observation) => void>();
let seq = 100_000;

function say(seen: Partial<Observation>): void {
  seq += 1;
  const stamp = { seq, atMs: nowMs(), errorMs: 0, host: null };
  for (const listener of listeners) listener({ ...stamp, ...seen } as Observation);
}

const feed: LabFeed = {
  plan: () => (withLab ? plan : null),
  explanation: () =>
    nowMs() > 56_000 ? '**16.335 s ± 0.4 ms** until `kuberm2` had the lock: it waits its whole lease.' : null,
  subscribe(listener) {
    from = performance.now();
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  intend(intent) {
    const at = plan.steps.findIndex(({ id }) => id === entered);
    const by = { next: 1, back: -1 } as const;
    if (intent.want === 'next' || intent.want === 'back') go(plan.steps[at + by[intent.want]]?.id);
    else if (intent.want === 'goto') go(intent.step);
    else if (intent.want === 'guess') say({ kind: 'guess', step: entered, choice: intent.choice });
    else
      say({
        kind: 'problem',
        code: 'demo',
        message: 'This is a demonstration.',
        tryThis: 'Wait: it acts by itself.',
      });
  },
  nowMs,
};
let entered = 'stop';

function go(step: string | undefined): void {
  if (step === undefined) return;
  entered = step;
  say({ kind: 'step', step, phase: 'entered' });
}

const opened = openScreens({
  feed,
  stdin: process.stdin,
  stdout: process.stdout as never,
  env: process.env,
  title: withLab ? plan.title : 'watch',
  leave: () => new Promise((resolve) => setTimeout(resolve, 1500)),
});
const timer = setInterval(next, 20);
const rest = [...handover()];
function next(): void {
  while (listeners.size > 0 && rest[0] && rest[0].atMs <= nowMs()) {
    const observation = rest.shift();
    for (const listener of listeners) if (observation) listener(observation);
  }
}
const { reason } = await opened;
clearInterval(timer);
console.log(`left: ${reason}`);
