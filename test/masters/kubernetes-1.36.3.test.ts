// Kubernetes 1.36.3, today's kind: leases, a log file and the journal, an ordinary login that has only sudo.
import { afterAll, beforeAll } from 'vitest';
import { describeOnMasters } from './harness/able.ts';
import { bootMasters, type Masters } from './masters.ts';
import { checkSuite } from './suites/check.ts';
import { everyFaultSuite } from './suites/everyfault.ts';
import { failoverSuite } from './suites/failover.ts';
import { fullWayBackSuite } from './suites/fullwayback.ts';
import { initSuite } from './suites/init.ts';
import { killedSuite } from './suites/killed.ts';
import { outageSuite, outageWithoutRightsSuite } from './suites/outage.ts';
import { refusalSuite } from './suites/refusal.ts';
import { rightsSuite } from './suites/rights.ts';
import { watchSuite } from './suites/watch.ts';
import { wayBackSuite } from './suites/wayback.ts';

await describeOnMasters('two real masters of Kubernetes 1.36.3', () => {
  let masters: Masters | undefined;
  const pair = () => {
    if (masters === undefined) throw new Error('the masters did not come up');
    return masters;
  };
  beforeAll(async () => {
    masters = await bootMasters({ version: '1.36.3', login: 'sudo' });
  });
  afterAll(async () => {
    await masters?.down();
  });

  const rules = { lock: 'Lease', zoneMinutes: 0 } as const;
  checkSuite(pair);
  initSuite(pair);
  watchSuite(pair);
  refusalSuite(pair);
  rightsSuite(pair);
  outageSuite(pair, 'kube-scheduler');
  outageSuite(pair, 'kube-controller-manager');
  outageWithoutRightsSuite(pair);
  // The scheduler releases its lock when it is stopped; the controller-manager never does.
  failoverSuite(pair, { ...rules, component: 'kube-scheduler', runs: 3, minMs: 0, maxMs: 4_400 });
  failoverSuite(pair, {
    ...rules,
    component: 'kube-controller-manager',
    runs: 1,
    minMs: 13_000,
    maxMs: 23_800,
  });
  everyFaultSuite(
    pair,
    [
      ['kill', 'kube-scheduler'],
      ['freeze', 'kube-controller-manager'],
      ['zombie', 'kube-scheduler'],
      ['zombie', 'kube-controller-manager'],
      ['apiserver', 'kube-scheduler'],
      ['cut', 'kube-controller-manager'],
      ['etcd', 'kube-scheduler'],
    ],
    { ...rules, empties: (component) => component === 'kube-scheduler' },
  );
  killedSuite(pair, 'kube-controller-manager');
  wayBackSuite(pair, { fault: 'cut', component: 'kube-scheduler', way: 'killed', seed: 12 });
  wayBackSuite(pair, { fault: 'zombie', component: 'kube-scheduler', way: 'killed', seed: 7 });
  wayBackSuite(pair, { fault: 'apiserver', component: 'kube-scheduler', way: 'silent', seed: 6 });
  fullWayBackSuite(pair);
});
