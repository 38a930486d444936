// Three real masters of Kubernetes 1.36.3: two stand by, and whichever looks first takes over.
import { afterAll, beforeAll } from 'vitest';
import { describeOnMasters } from './harness/able.ts';
import { bootMasters, type Masters } from './masters.ts';
import { failoverSuite } from './suites/failover.ts';

await describeOnMasters('three real masters of Kubernetes 1.36.3', () => {
  let masters: Masters | undefined;
  const all = () => {
    if (masters === undefined) throw new Error('the masters did not come up');
    return masters;
  };
  beforeAll(async () => {
    masters = await bootMasters({ version: '1.36.3', login: 'root', count: 3 });
  });
  afterAll(async () => {
    await masters?.down();
  });

  const rules = { lock: 'Lease', zoneMinutes: 0, minMs: 13_000, maxMs: 23_800 } as const;
  failoverSuite(all, { ...rules, component: 'kube-controller-manager', runs: 2 });
  failoverSuite(all, { ...rules, component: 'kube-scheduler', fault: 'kill', runs: 1 });
});
