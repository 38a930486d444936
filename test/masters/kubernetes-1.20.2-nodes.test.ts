// Kubernetes 1.20.2 as the whole tutorial has it: the first master is a node too, and a load balancer stands in front.
import { afterAll, beforeAll } from 'vitest';
import { describeOnMasters } from './harness/able.ts';
import { bootMasters, type Masters } from './masters.ts';
import { labSuite } from './suites/lab.ts';

await describeOnMasters('two real masters of Kubernetes 1.20.2, a node and a load balancer', () => {
  let masters: Masters | undefined;
  const pair = () => {
    if (masters === undefined) throw new Error('the masters did not come up');
    return masters;
  };
  beforeAll(async () => {
    masters = await bootMasters({ version: '1.20.2', login: 'root', timeZone: 'Asia/Taipei', nodes: true });
  });
  afterAll(async () => {
    await masters?.down();
  });

  labSuite(pair);
});
