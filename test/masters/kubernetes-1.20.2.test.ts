// Kubernetes 1.20.2, the tutorial's own kind: endpoints locks, klog files, root, masters eight hours ahead of UTC.
import { afterAll, beforeAll } from 'vitest';
import { describeOnMasters } from './harness/able.ts';
import { bootMasters, type Masters } from './masters.ts';
import { checkSuite } from './suites/check.ts';
import { everyFaultSuite } from './suites/everyfault.ts';
import { failoverSuite } from './suites/failover.ts';
import { fullWayBackSuite } from './suites/fullwayback.ts';
import { initSuite } from './suites/init.ts';
import { interruptedSuite } from './suites/interrupted.ts';
import { killedSuite } from './suites/killed.ts';
import { outageSuite } from './suites/outage.ts';
import { watchSuite } from './suites/watch.ts';
import { wayBackSuite } from './suites/wayback.ts';

await describeOnMasters('two real masters of Kubernetes 1.20.2', () => {
  let masters: Masters | undefined;
  const pair = () => {
    if (masters === undefined) throw new Error('the masters did not come up');
    return masters;
  };
  beforeAll(async () => {
    masters = await bootMasters({ version: '1.20.2', login: 'root', timeZone: 'Asia/Taipei' });
  });
  afterAll(async () => {
    await masters?.down();
  });

  const rules = { lock: 'Endpoints', minMs: 13_000, maxMs: 23_800, zoneMinutes: 480 } as const;
  checkSuite(pair);
  initSuite(pair);
  watchSuite(pair);
  failoverSuite(pair, { ...rules, component: 'kube-scheduler', runs: 3 });
  failoverSuite(pair, { ...rules, component: 'kube-controller-manager', runs: 1 });
  everyFaultSuite(
    pair,
    [
      ['kill', 'kube-controller-manager'],
      ['freeze', 'kube-scheduler'],
      ['zombie', 'kube-scheduler'],
      ['apiserver', 'kube-controller-manager'],
      ['cut', 'kube-scheduler'],
      ['etcd', 'kube-controller-manager'],
    ],
    { lock: 'Endpoints', zoneMinutes: 480, empties: () => false },
  );
  outageSuite(pair, 'kube-scheduler');
  outageSuite(pair, 'kube-controller-manager');
  interruptedSuite(pair, 'kube-scheduler');
  killedSuite(pair, 'kube-scheduler');
  wayBackSuite(pair, { fault: 'kill', component: 'kube-scheduler', way: 'killed', seed: 1 });
  wayBackSuite(pair, { fault: 'freeze', component: 'kube-scheduler', way: 'silent', seed: 2 });
  wayBackSuite(pair, { fault: 'etcd', component: 'kube-scheduler', way: 'killed', seed: 5 });
  fullWayBackSuite(pair);
});
