// One candidate that elects by our own rules; it takes the flags of client-go/main.go and prints the same JSON lines.
import { parseArgs } from 'node:util';
import { readDuration } from '../../src/model/duration.ts';
import { rulesOf1_36 } from '../../src/model/electionrules.ts';
import { createClient } from '../../src/sandbox/client/client.ts';
import { readKubeconfig } from '../../src/sandbox/client/kubeconfig.ts';
import { masterClock } from '../../src/sandbox/clock/clock.ts';
import { elect } from '../../src/sandbox/elector/elect.ts';
import { leaseForm } from '../../src/sandbox/elector/lockobject.ts';
import { createLockStore } from '../../src/sandbox/elector/lockstore.ts';
import { monotonicUs } from './happening.ts';

const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({
  options: {
    kubeconfig: text,
    name: text,
    identity: text,
    'lease-duration': { type: 'string', default: '15s' },
    'renew-deadline': { type: 'string', default: '10s' },
    'retry-period': { type: 'string', default: '2s' },
  },
});
const given = (duration: string) => {
  const ms = readDuration(duration);
  if (ms === null) throw new Error(`${duration} is not a duration`);
  return ms;
};

// The test holds the other end: without it nothing here may live on.
process.stdin.once('end', () => process.exit(1)).resume();

const access = readKubeconfig(values.kubeconfig);
const client = createClient(access, () => undefined);
const print = (is: string, holder?: string) =>
  process.stdout.write(`${JSON.stringify({ atUs: monotonicUs(), is, holder })}\n`);
let reported = '';
const observe = (holder: string) => {
  if (holder !== reported) print('observed', holder);
  reported = holder;
};

const election = elect({
  candidate: {
    identity: values.identity,
    terms: {
      leaseDurationMs: given(values['lease-duration']),
      renewDeadlineMs: given(values['renew-deadline']),
      retryPeriodMs: given(values['retry-period']),
      releasesOnStop: true,
    },
    rules: rulesOf1_36,
  },
  store: createLockStore({ client, form: leaseForm, name: values.name, advertised: access.server }),
  clock: masterClock(null),
  random: Math.random,
  say: (saying) => {
    if (saying.is === 'attempting' || saying.is === 'acquired') print(saying.is);
    if (saying.is === 'held') observe(saying.holder);
    if (saying.is === 'acquired') observe(values.identity);
  },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => election.cancel());
await election.ended;
print('stopped');
print('exit');
process.exit(0);
