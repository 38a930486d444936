// A small program with the screens, for tests in a real terminal: its feed is made up, its way out takes a moment.
import type { LabFeed } from '../../src/model/labplan.ts';
import type { Observation } from '../../src/model/observation.ts';
import { openScreens } from '../../src/tui/open.tsx';
import { handover, plan } from '../tui/stream.ts';

const listeners = new Set<(observation: Observation) => void>();
const feed: LabFeed = {
  plan: () => plan,
  explanation: () => null,
  subscribe(listener) {
    for (const observation of handover()) if (observation.atMs < 15_000) listener(observation);
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  intend(intent) {
    if (intent.want === 'next') setTimeout(() => crash('from a timer'), 1);
    if (intent.want === 'back') void Promise.reject(new Error('nobody waits for this'));
  },
  nowMs: () => 15_000,
};

function crash(why: string): never {
  throw new Error(`thrown ${why}`);
}

const slow = process.argv.includes('slow');
const hurried = new AbortController();
try {
  const { reason } = await openScreens({
    feed,
    stdin: process.stdin,
    stdout: process.stdout as typeof process.stdout & { readonly fd: number },
    env: process.env,
    title: 'HA masters',
    async leave(why) {
      if (why === 'hurry') hurried.abort();
      else if (slow) await new Promise((resolve) => hurried.signal.addEventListener('abort', resolve));
      process.stderr.write(`\nleave(${why})\n`);
    },
  });
  console.log(`left: ${reason}`);
} catch (error) {
  console.log(`failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 70;
}
