// How etcdctl is told to reach the store: as the API server's unit says, in the words of its version.
import { expect, test } from 'vitest';
import { openLab } from '../../src/lab/engine.ts';
import { stepFile } from '../../src/lab/format.ts';
import { FakeWorld } from './fakeworld.ts';
import { smallLab } from './smalllab.ts';

const secure = [
  '--etcd-servers=https://10.0.0.1:2379',
  '--etcd-cafile=/k/ca.crt',
  '--etcd-certfile=/k/c.crt',
  '--etcd-keyfile=/k/c.key',
];

function typed(target: string, argv: readonly string[]): string | undefined {
  const world = new FakeWorld();
  const run = world.seen[0];
  if (run?.kind === 'run') world.say({ ...run, target });
  world.healthy();
  if (argv.length > 0) world.instance('kuberm', 'kube-apiserver', 'active', ['kube-apiserver', ...argv]);
  const step = stepFile.parse({
    id: 'read',
    title: 'Read',
    actions: [{ id: 'get', title: 'Get', run: { argv: ['etcdctl', '{{etcd-flags}}', 'get', '/a'] } }],
    checks: [{ id: 'up', title: 'up', is: 'ssh-up' }],
  });
  const engine = openLab({ lab: { ...smallLab(), steps: [{ ...step, text: 'Read.' }] }, world });
  return engine.plan().steps[0]?.actions[0]?.commands[0]?.text;
}

test.each([
  [
    'certificates',
    'kha-lab.yaml',
    secure,
    'etcdctl --endpoints=https://10.0.0.1:2379 --cacert=/k/ca.crt --cert=/k/c.crt --key=/k/c.key get /a',
  ],
  [
    'version 2',
    'kha-lab.yaml',
    [...secure, '--storage-backend=etcd2'],
    'etcdctl --endpoints=https://10.0.0.1:2379 --ca-file=/k/ca.crt --cert-file=/k/c.crt --key-file=/k/c.key get /a',
  ],
  [
    'the tutorial',
    'kha-lab.yaml',
    ['--etcd-servers=http://10.0.0.1:2379'],
    'etcdctl --endpoints=http://10.0.0.1:2379 get /a',
  ],
  ['no unit', 'kha-lab.yaml', [], 'etcdctl get /a'],
  ['the sandbox', 'sandbox', secure, 'etcdctl get /a'],
])('%s', (_, target, argv, text) => {
  expect(typed(target, argv)).toBe(text);
});
