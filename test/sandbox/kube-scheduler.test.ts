// Two real schedulers over two real API servers: who leads, how it changes hands, what is logged and bound.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseLogLine } from '../../src/model/logline.ts';
import { logText, quick, type Running, startComponent, writtenMs } from './component-start.ts';
import { eventually } from './etcd-start.ts';
import { type Sandbox, startSandbox } from './kube-apiserver-start.ts';

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

function scheduler(
  sandbox: Sandbox,
  style: '1.6' | '1.36',
  options: { on: 0 | 1; flags?: string[]; host?: string },
) {
  const host = options.host ?? ['kuberm', 'kuberm2'][options.on] ?? '';
  const { kubeconfig } = sandbox.apis[options.on];
  const one = startComponent({
    name: 'kube-scheduler',
    host,
    kubeconfig,
    style,
    flags: [...quick, ...(options.flags ?? [])],
  });
  running.push(one);
  return one;
}

const pod = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'main', image: 'canary' }], ...spec },
});

const node = (name: string, labels: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});

describe('as 1.36', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ style: '1.36' });
  });
  afterAll(() => sandbox.clear());

  const lease = async () =>
    (
      await sandbox.apis[1].send(
        'GET',
        '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler',
      )
    ).body.spec as Record<string, unknown>;

  it('leads at once, renews by PUT alone, is taken over when killed, and hands over when stopped', async () => {
    const first = scheduler(sandbox, '1.36', { on: 0 });
    const attempting = await first.line(/Attempting to acquire/);
    const acquired = await first.line(/Successfully acquired lease" lock="kube-system\/kube-scheduler"$/);
    expect(acquired).toMatch(/^I\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ leaderelection\.go:272\] "/);
    expect(writtenMs(acquired) - writtenMs(attempting)).toBeLessThan(1500);
    await first.line(
      /leaderelection\.go:300\] "Successfully renewed lease" lock="kube-system\/kube-scheduler"$/,
    );
    const held = await lease();
    expect(held.holderIdentity).toMatch(/^kuberm_[0-9a-f-]{36}$/);
    expect(held.renewTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(held).toMatchObject({ leaseDurationSeconds: 3, leaseTransitions: 0 });

    const second = scheduler(sandbox, '1.36', { on: 1 });
    await second.line(
      /leaderelection\.go:481\] "Lease is held by and has not yet expired" lock=.* holder="kuberm_/,
    );
    await second.line(/leaderelection\.go:267\] "Failed to acquire lease" lock=/);
    const from = first.lines.length;
    await first.line(/Successfully renewed/, { from });
    const renewals = first.lines
      .slice(from)
      .filter((line) => /round_trippers.*leases\/kube-scheduler/.test(line));
    expect(renewals.every((line) => line.includes('verb="PUT"'))).toBe(true);

    const renewed = first.lines.findLast((line) => line.includes('Successfully renewed')) ?? '';
    first.child.kill('SIGKILL');
    const took = await second.line(/Successfully acquired lease/);
    expect(writtenMs(took) - writtenMs(renewed)).toBeGreaterThanOrEqual(3000);
    expect(writtenMs(took) - writtenMs(renewed)).toBeLessThanOrEqual(3000 + 2 * 2200 + 1500);
    expect(await lease()).toMatchObject({ leaseTransitions: 1 });

    const third = scheduler(sandbox, '1.36', { on: 0 });
    await third.line(/Lease is held by/);
    const exited = once(second.child, 'exit');
    second.child.kill('SIGTERM');
    const released = await second.line(/server\.go:324\] "Requested to terminate, exiting"$/);
    expect(await exited).toEqual([0, null]);
    const again = await third.line(/Successfully acquired lease/);
    expect(writtenMs(again) - writtenMs(released)).toBeLessThan(2200 + 500);

    const became = await eventually(async () => {
      const { items } = (await sandbox.apis[0].send('GET', '/api/v1/namespaces/kube-system/events')).body;
      const found = items.filter(({ reason }) => reason === 'LeaderElection');
      return found.length === 3 ? found : undefined;
    });
    expect(became[0]).toMatchObject({
      message: expect.stringMatching(/ became leader$/),
      involvedObject: { kind: 'Lease', apiVersion: 'coordination.k8s.io/v1', name: 'kube-scheduler' },
    });
  });

  it('goes on for its renew deadline when woken, then exits with 1', async () => {
    const first = scheduler(sandbox, '1.36', { on: 0 });
    await first.line(/Successfully acquired/);
    const second = scheduler(sandbox, '1.36', { on: 1 });
    await second.line(/Lease is held by/);
    await first.line(/Successfully renewed/, { from: first.lines.length });
    first.child.kill('SIGSTOP');
    await second.line(/Successfully acquired/);
    const exited = once(first.child, 'exit');
    first.child.kill('SIGCONT');
    const woken = await first.line(/"Lease is held by and has not yet expired".* holder="kuberm2_/);
    const gaveUp = await first.line(
      /leaderelection\.go:304\] "Failed to renew lease" lock=.* err="context deadline exceeded"/,
    );
    expect(writtenMs(gaveUp) - writtenMs(woken)).toBeGreaterThan(1500);
    expect(writtenMs(gaveUp) - writtenMs(woken)).toBeLessThan(3000);
    expect(await exited).toEqual([1, null]);
    await first.line(/^E.* server\.go:328\] "Leaderelection lost"$/);
  });

  it('empties its successor’s record when it is stopped while frozen', async () => {
    const first = scheduler(sandbox, '1.36', { on: 0 });
    await first.line(/Successfully acquired/);
    const second = scheduler(sandbox, '1.36', { on: 1 });
    await second.line(/Lease is held by/);
    await first.line(/Successfully renewed/, { from: first.lines.length });
    first.child.kill('SIGSTOP');
    await second.line(/Successfully acquired/);
    await second.line(/Successfully renewed/);
    const before = await lease();
    const exited = once(first.child, 'exit');
    // What systemctl stop does to a frozen process.
    first.child.kill('SIGTERM');
    first.child.kill('SIGCONT');
    expect(await exited).toEqual([0, null]);
    await second.line(/"Failed to update lease optimistically, falling back to slow path"/);
    const after = await eventually(async () => {
      const now = await lease();
      return now.leaseTransitions === Number(before.leaseTransitions) + 1 ? now : undefined;
    });
    expect(after.holderIdentity).toBe(before.holderIdentity);
  });

  it('binds pods to nodes that fit, and says why it cannot', async () => {
    const [api] = sandbox.apis;
    await api.send('POST', '/api/v1/nodes', node('worker', { disk: 'ssd' }));
    await api.send('PATCH', '/api/v1/nodes/worker/status', node('worker', { disk: 'ssd' }), {
      'content-type': 'application/merge-patch+json',
    });
    await api.send('POST', '/api/v1/namespaces/default/pods', pod('early'));
    const one = scheduler(sandbox, '1.36', { on: 1 });
    const nodeOf = (name: string) =>
      eventually(async () => {
        const { body } = await api.send('GET', `/api/v1/namespaces/default/pods/${name}`);
        return (body.spec as { nodeName?: string } | undefined)?.nodeName;
      }, 15_000);
    expect(await nodeOf('early')).toBe('worker');
    await api.send(
      'POST',
      '/api/v1/namespaces/default/pods',
      pod('picky', { nodeSelector: { disk: 'tape' } }),
    );
    const told = await eventually(async () => {
      const { body } = await api.send('GET', '/api/v1/namespaces/default/pods/picky');
      const { conditions } = body.status as {
        conditions?: { type: string; status: string; message: string }[];
      };
      return conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
    });
    expect(told.message).toBe(
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
    );
    await api.send('POST', '/api/v1/namespaces/default/pods', pod('other', { schedulerName: 'mine' }));
    await api.send('POST', '/api/v1/namespaces/default/pods', pod('late'));
    expect(await nodeOf('late')).toBe('worker');
    const other = await api.send('GET', '/api/v1/namespaces/default/pods/other');
    expect((other.body.spec as { nodeName?: string }).nodeName).toBeUndefined();
    const reasons = await eventually(async () => {
      const { items } = (await api.send('GET', '/api/v1/namespaces/default/events')).body;
      const found = items.map(({ reason }) => reason);
      return found.includes('Scheduled') && found.includes('FailedScheduling') ? found : undefined;
    });
    expect(reasons).toContain('FailedScheduling');
    await one.stop();
  });

  it('ends when the supervisor behind its standard input is gone', async () => {
    const one = scheduler(sandbox, '1.36', { on: 0 });
    await one.line(/Attempting to acquire/);
    const exited = once(one.child, 'exit');
    one.child.stdin?.end();
    expect(await exited).toEqual([1, null]);
  });
});

describe('as 1.6', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ style: '1.6' });
  });
  afterAll(() => sandbox.clear());

  it('writes the lines of the tutorial', async () => {
    const first = scheduler(sandbox, '1.6', { on: 0 });
    await first.line(/leaderelection\.go:189\] successfully acquired lease kube-system\/kube-scheduler$/);
    await first.line(
      /event\.go:217\] Event\(v1\.ObjectReference\{Kind:"Endpoints", Namespace:"kube-system", Name:"kube-scheduler", UID:".+", APIVersion:"v1", ResourceVersion:"\d+", FieldPath:""\}\): type: 'Normal' reason: 'LeaderElection' kuberm became leader$/,
    );
    await first.line(/leaderelection\.go:204\] succesfully renewed lease kube-system\/kube-scheduler$/);
    await first.line(
      /round_trippers\.go:417\] GET https:\/\/172\.16\.155\.158:6443\/api\/v1\/namespaces\/kube-system\/endpoints\/kube-scheduler 200 OK in \d+ milliseconds$/,
    );
    await first.line(
      /round_trippers\.go:417\] PUT https:.*\/endpoints\/kube-scheduler 200 OK in \d+ milliseconds$/,
    );
    await first.line(
      /round_trippers\.go:417\] POST https:.*\/api\/v1\/namespaces\/kube-system\/events 201 Created in \d+ milliseconds$/,
    );
    const { body } = await sandbox.apis[0].send(
      'GET',
      '/api/v1/namespaces/kube-system/endpoints/kube-scheduler',
    );
    expect(body.metadata.annotations?.['control-plane.alpha.kubernetes.io/leader']).toMatch(
      /^\{"holderIdentity":"kuberm","leaseDurationSeconds":3,"acquireTime":"[-\d]+T[:\d]+Z","renewTime":"[-\d]+T[:\d]+Z","leaderTransitions":0\}$/,
    );
    const second = scheduler(sandbox, '1.6', { on: 1 });
    await second.line(/leaderelection\.go:248\] lock is held by kuberm and has not yet expired$/);
    await second.line(/leaderelection\.go:185\] failed to acquire lease kube-system\/kube-scheduler$/);
    for (const line of [...first.lines, ...second.lines].filter((one) => one.includes('leaderelection.go')))
      expect(
        parseLogLine(line, { zoneMinutes: 0, arrivedMs: Date.now(), previous: null }).event,
        line,
      ).not.toBeNull();

    // Dies of SIGTERM without a word, and takes its own lock back.
    const said = first.lines.length;
    const exited = once(first.child, 'exit');
    first.child.kill('SIGTERM');
    expect(await exited).toEqual([null, 'SIGTERM']);
    expect(first.lines.slice(said).filter((line) => !/renewed|round_trippers/.test(line))).toEqual([]);
    const back = scheduler(sandbox, '1.6', { on: 0 });
    await back.line(/successfully acquired/, { withinMs: 2500 });
  });

  it('keeps log files as klog does, and dumps its stacks when it loses the lease', async () => {
    const folder = mkdtempSync(join(sandbox.ground.dir, 'logs-'));
    const flags = ['--logtostderr=false', `--log-dir=${folder}`];
    const first = scheduler(sandbox, '1.6', { on: 0, flags });
    const link = join(folder, 'kube-scheduler.INFO');
    const name = await eventually(() => {
      try {
        return readlinkSync(link);
      } catch {
        return undefined;
      }
    });
    expect(name).toMatch(/^kube-scheduler\.kuberm\.\w+\.log\.INFO\.\d{8}-\d{6}\.\d+$/);
    // Nothing but the header is in it before the flush at five seconds.
    expect(readFileSync(link, 'utf8').split('\n')).toEqual([
      expect.stringMatching(/^Log file created at: \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/),
      'Running on machine: kuberm',
      expect.stringMatching(/^Binary: /),
      'Log line format: [IWEF]mmdd hh:mm:ss.uuuuuu threadid file:line] msg',
      '',
    ]);
    await eventually(
      () => /\] attempting to acquire leader lease\.\.\.$/m.test(readFileSync(link, 'utf8')) || undefined,
    );

    const second = scheduler(sandbox, '1.6', { on: 1 });
    await second.line(/lock is held by kuberm /);
    first.child.kill('SIGSTOP');
    await second.line(/successfully acquired/);
    const exited = once(first.child, 'exit');
    first.child.kill('SIGCONT');
    expect(await exited).toEqual([255, null]);
    expect(logText(folder, 'FATAL')).toMatch(/^F.* lost master$/m);
    expect(logText(folder, 'FATAL')).toMatch(/^goroutine 1 \[running\]:$/m);
    await first.line(/lost master/);
  });
});
