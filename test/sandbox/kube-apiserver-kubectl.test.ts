// The real kubectl works with the API server, and shows what it shows of real masters.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { end, eventually } from './etcd-start.ts';
import { type Sandbox, startSandbox } from './kube-apiserver-start.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
if (!hasKubectl) console.warn('kubectl is not installed: what it shows of the sandbox is not tested');

/** Runs kubectl with a cache of its own; rejects with what it said on stderr. */
function kubectlFor(sandbox: Sandbox, master = 0) {
  const home = mkdtempSync(join(sandbox.ground.dir, 'home-'));
  const env = { ...process.env, HOME: home, KUBECONFIG: sandbox.apis[master === 0 ? 0 : 1].kubeconfig };
  const kubectl = (...args: string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile('kubectl', args, { env, encoding: 'utf8' }, (error, stdout, stderr) => {
        if (error) reject(new Error(stderr));
        else resolve(stdout);
      });
    });
  return { kubectl, env };
}

/** Columns as words, ages taken out. */
const words = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\d+s$/, 'AGE').split(/\s{2,}/));

const manifest = `
apiVersion: v1
kind: Pod
metadata: {name: canary, labels: {app: canary}}
spec:
  containers: [{name: c, image: none}]
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: kube-scheduler, namespace: kube-system}
spec: {holderIdentity: kuberm_1, leaseDurationSeconds: 15, leaseTransitions: 0}
---
apiVersion: v1
kind: Node
metadata: {name: kuberm}
status:
  conditions: [{type: Ready, status: "True"}]
  addresses: [{type: InternalIP, address: 172.16.155.158}]
  nodeInfo: {kubeletVersion: v1.36.3}
`;

const event = (name: string, message: string, at: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name, namespace: 'kube-system' },
  involvedObject: { kind: 'Lease', namespace: 'kube-system', name: 'kube-scheduler' },
  reason: 'LeaderElection',
  message,
  type: 'Normal',
  firstTimestamp: at,
  lastTimestamp: at,
  count: 1,
});

describe.skipIf(!hasKubectl)('kubectl on the current style', () => {
  let sandbox: Sandbox;
  let run: ReturnType<typeof kubectlFor>;
  beforeAll(async () => {
    sandbox = await startSandbox();
    run = kubectlFor(sandbox);
    writeFileSync(join(sandbox.ground.dir, 'all.yaml'), manifest);
  });
  afterAll(() => sandbox.clear());
  const kubectl = (...args: string[]) => run.kubectl(...args);

  it('shows the service and its two addresses', async () => {
    expect(words(await kubectl('get', 'svc', 'kubernetes'))).toEqual([
      ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
      ['kubernetes', 'ClusterIP', '172.18.0.1', '<none>', '443/TCP', 'AGE'],
    ]);
    expect(words(await kubectl('get', 'endpoints', 'kubernetes'))).toEqual([
      ['NAME', 'ENDPOINTS', 'AGE'],
      ['kubernetes', '172.16.155.158:6443,172.16.155.165:6443', 'AGE'],
    ]);
    expect(await kubectl('get', 'endpointslices', 'kubernetes', '-o', 'yaml')).toMatch(
      /addressType: IPv4[\s\S]*- 172.16.155.158[\s\S]*- 172.16.155.165[\s\S]*port: 6443/,
    );
    expect(await kubectl('get', 'svc', 'kubernetes', '-o', 'yaml')).toContain('sessionAffinity: None');
    expect(await kubectl('describe', 'svc', 'kubernetes')).toMatch(
      /Endpoints: +172.16.155.158:6443,172.16.155.165:6443/,
    );
  });

  it('creates from a file, checked, and reads back', async () => {
    const file = join(sandbox.ground.dir, 'all.yaml');
    expect(await kubectl('create', '-f', file)).toBe(
      'pod/canary created\nlease.coordination.k8s.io/kube-scheduler created\nnode/kuberm created\n',
    );
    expect(words(await kubectl('get', 'pods', '-o', 'wide'))).toEqual([
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
      ['canary', '0/1', 'Pending', '0', expect.any(String), '<none>', '<none>', '<none>', '<none>'],
    ]);
    expect(words(await kubectl('-n', 'kube-system', 'get', 'leases'))).toEqual([
      ['NAME', 'HOLDER', 'AGE'],
      ['kube-scheduler', 'kuberm_1', 'AGE'],
    ]);
    expect((await kubectl('get', 'nodes')).split('\n')[1]).toMatch(/^kuberm +Ready +<none> +\d+s +v1.36.3$/);
    expect(await kubectl('get', 'node', 'kuberm', '-o', 'jsonpath={.status.addresses[0].address}')).toBe(
      '172.16.155.158',
    );
    expect(await kubectl('describe', 'pod', 'canary')).toMatch(/Status: +Pending/);
    expect(await kubectl('describe', 'node', 'kuberm')).toMatch(/InternalIP: +172.16.155.158/);
    await expect(kubectl('create', '-f', file)).rejects.toThrow('pods "canary" already exists');
  });

  it('applies, labels, patches, taints and deletes', async () => {
    const file = join(sandbox.ground.dir, 'applied.yaml');
    const configMap = (value: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: value } });
    writeFileSync(file, configMap('1'));
    expect(await kubectl('apply', '-f', file)).toBe('configmap/a created\n');
    expect(await kubectl('apply', '-f', file)).toBe('configmap/a unchanged\n');
    writeFileSync(file, configMap('2'));
    expect(await kubectl('apply', '-f', file)).toBe('configmap/a configured\n');
    expect(await kubectl('apply', '--server-side', '--force-conflicts', '-f', file)).toContain(
      'serverside-applied',
    );
    await kubectl('label', 'configmap', 'a', 'x=y');
    expect(await kubectl('get', 'cm', '-l', 'x=y', '-o', 'name')).toBe('configmap/a\n');
    await kubectl('patch', 'cm', 'a', '-p', '{"data":{"b":"3"}}');
    expect(await kubectl('get', 'cm', 'a', '-o', 'jsonpath={.data}')).toBe('{"a":"2","b":"3"}');
    await kubectl('taint', 'node', 'kuberm', 'a=b:NoSchedule');
    await kubectl('cordon', 'kuberm');
    expect(await kubectl('get', 'nodes')).toContain('Ready,SchedulingDisabled');
    expect(await kubectl('delete', 'cm', 'a')).toBe('configmap "a" deleted\n');
    await expect(kubectl('get', 'cm', 'a')).rejects.toThrow('configmaps "a" not found');
  });

  it('creates by its own commands, says who one is and what one may', async () => {
    expect(await kubectl('create', 'configmap', 'typed', '--from-literal=x=1')).toBe(
      'configmap/typed created\n',
    );
    expect(await kubectl('get', 'cm', 'typed', '-o', 'jsonpath={.data.x}')).toBe('1');
    expect(await kubectl('create', 'namespace', 'mine')).toBe('namespace/mine created\n');
    expect(await kubectl('-n', 'mine', 'run', 'web', '--image=none')).toBe('pod/web created\n');
    expect(await kubectl('delete', 'namespace', 'mine')).toBe('namespace "mine" deleted\n');
    await expect(kubectl('-n', 'mine', 'get', 'pod', 'web')).rejects.toThrow('not found');
    expect(await kubectl('auth', 'can-i', 'create', 'pods')).toBe('yes\n');
    expect(await kubectl('auth', 'whoami')).toContain('kubernetes-admin');
    expect(await kubectl('explain', 'lease.spec')).toContain('leaseTransitions');
    expect(await kubectl('api-resources', '-o', 'name')).toContain('leases.coordination.k8s.io');
    expect(await kubectl('get', '--raw', '/healthz')).toBe('ok');
  });

  it('lists events by their time', async () => {
    const file = join(sandbox.ground.dir, 'events.json');
    const items = [
      event('b', 'kuberm2_2 became leader', '2026-11-22T20:00:00Z'),
      event('a', 'kuberm_1 became leader', '2026-11-22T21:00:00Z'),
    ];
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    await kubectl('create', '-f', file);
    const rows = words(await kubectl('-n', 'kube-system', 'get', 'events', '--sort-by=.lastTimestamp'));
    expect(rows[0]).toEqual(['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']);
    expect(rows.slice(1).map(([, ...rest]) => rest)).toEqual([
      ['Normal', 'LeaderElection', 'lease/kube-scheduler', 'kuberm2_2 became leader'],
      ['Normal', 'LeaderElection', 'lease/kube-scheduler', 'kuberm_1 became leader'],
    ]);
  });

  it('watches on one API server what is done through the other', async () => {
    const watching = spawn('kubectl', ['get', 'pods', '-w'], { env: run.env });
    let shown = '';
    watching.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
    });
    try {
      await eventually(() => (shown.includes('canary') ? true : undefined));
      await kubectlFor(sandbox, 1).kubectl('run', 'late', '--image=none');
      await eventually(() => (/^late +0\/1 +Pending/m.test(shown) ? true : undefined));
      expect(shown.match(/^NAME/gm)).toHaveLength(1);
    } finally {
      await end(watching);
    }
  });
});

describe.skipIf(!hasKubectl)("kubectl on the tutorial's style", () => {
  let sandbox: Sandbox;
  let run: ReturnType<typeof kubectlFor>;
  beforeAll(async () => {
    sandbox = await startSandbox({ style: '1.6' });
    run = kubectlFor(sandbox);
  });
  afterAll(() => sandbox.clear());

  it('shows what the tutorial shows', async () => {
    expect(words(await run.kubectl('get', 'svc', 'kubernetes'))).toEqual([
      ['NAME', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
      ['kubernetes', '172.18.0.1', '<none>', '443/TCP', 'AGE'],
    ]);
    expect(words(await run.kubectl('get', 'endpoints', 'kubernetes'))[1]).toEqual([
      'kubernetes',
      '172.16.155.158:6443,172.16.155.165:6443',
      'AGE',
    ]);
    const yaml = await run.kubectl('get', 'svc', 'kubernetes', '-o', 'yaml');
    for (const line of ['sessionAffinity: ClientIP', 'targetPort: 6443', 'component: apiserver']) {
      expect(yaml).toContain(line);
    }
    expect(yaml).toContain('selfLink: /api/v1/namespaces/default/services/kubernetes');
    expect(await run.kubectl('version')).toContain('Server Version: v1.6.4');
    expect(await run.kubectl('api-versions')).not.toContain('coordination.k8s.io');
  });

  it('keeps the store as plain as the tutorial shows it', async () => {
    const { body } = await sandbox.store.call('/v3/kv/range', {
      key: Buffer.from('/registry/services/endpoints/default/kubernetes').toString('base64'),
    });
    const [raw] = body.kvs as [{ value: string }];
    expect(Buffer.from(raw.value, 'base64').toString()).toMatch(
      /^\{"kind":"Endpoints","apiVersion":"v1","metadata":\{"name":"kubernetes","namespace":"default","selfLink":"\/api\/v1\/namespaces\/default\/endpoints\/kubernetes","uid":"[^"]+","creationTimestamp":"[^"]+"\},"subsets":\[\{"addresses":\[\{"ip":"172.16.155.158"\},\{"ip":"172.16.155.165"\}\],"ports":\[\{"name":"https","port":6443,"protocol":"TCP"\}\]\}\]\}$/,
    );
  });

  it('logs requests in files as klog keeps them', async () => {
    await run.kubectl('get', '--raw', '/api/v1/namespaces/default/endpoints/kubernetes');
    const [api] = sandbox.apis;
    const line =
      /^I\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ wrap\.go:75\] GET \/api\/v1\/namespaces\/default\/endpoints\/kubernetes: \([\d.]+ms\) 200 \[\[kubectl/m;
    await eventually(() => {
      const text = readFileSync(join(api.logs, 'kube-apiserver.INFO'), 'utf8');
      return line.test(text) ? true : undefined;
    });
  });
});
