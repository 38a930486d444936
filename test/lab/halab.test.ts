// The lab that comes with the package: fit to be used, and walked from its first step to its last.
import { beforeEach, describe, expect, test } from 'vitest';
import { type LabEngine, openLab } from '../../src/lab/engine.ts';
import { findLab } from '../../src/lab/find.ts';
import type { Lab } from '../../src/lab/format.ts';
import { labJson } from '../../src/lab/labjson.ts';
import { lintLab } from '../../src/lab/lint.ts';
import { readLab } from '../../src/lab/read.ts';
import { runUnattended } from '../../src/lab/unattended.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { FakeWorld } from './fakeworld.ts';

test('holds to the format', async () => {
  expect(await lintLab(await findLab('ha-masters'))).toEqual([]);
});

let lab: Lab;
let world: FakeWorld;

beforeEach(async () => {
  lab = await readLab(await findLab('ha-masters'));
  world = new FakeWorld();
});

/** What the tutorial sets up, and the checks that say in a lab's report that it works; `leader-gave-up` needs real logs. */
const systems = {
  'two masters, one etcd': ['masters-answer', 'clocks-compared', 'leads-again', 'servers-ready'],
  'systemd units': ['servers-read', 'units-alike', 'no-open-port', 'schedulers-run', 'managers-run'],
  'API servers': ['api-ready', 'all-listed', 'endpoints-seen', 'store-seen'],
  'the way in for containers': ['service-seen', 'containers-fail', 'containers-counted'],
  'the way in for minions': ['node-fails', 'server-counted', 'balancer-counted'],
  'leader election': ['leader-elect', 'scheduler-leads', 'manager-leads', 'standby-there', 'renewals-seen'],
  'requests of leader and standby': ['leader-reads', 'leader-writes', 'standby-reads', 'looks-seen'],
  'the dead minion': ['minion-reported', 'minion-ignored'],
  'failover of each by itself': ['handover', 'manager-unmoved', 'manager-handover', 'scheduler-unmoved'],
  'stop, kill and freeze compared': ['manager-handover', 'kill-timed', 'freeze-timed', 'compare-back'],
  'a container launched': ['hello-bound', 'hello-runs', 'process-found', 'hello-gone'],
};

/** Everything already queued has been looked at. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function next(engine: LabEngine, to: string): Promise<void> {
  await settle();
  expect(engine.missing()).toEqual([]);
  engine.intend({ want: 'next' });
  await settle();
  expect(engine.step().id).toBe(to);
}

async function act(engine: LabEngine, ...actions: string[]): Promise<void> {
  for (const action of actions) {
    engine.intend({ want: 'act', action });
    await engine.settled();
  }
}

function problems(): string[] {
  return world.seen.flatMap((o) => (o.kind === 'problem' ? [o.code] : []));
}

describe('guided', () => {
  test('is walked to its end, each step done before the next', async () => {
    const engine = openLab({ lab, world });
    expect(engine.step().id).toBe('meet');
    await settle();
    expect(engine.missing()).toEqual(['every master answers', 'clocks compared']);
    engine.intend({ want: 'next' });
    expect(problems()).toEqual(['step-not-done']);
    expect(engine.step().id).toBe('meet');
    expect(engine.explanation('meet')).toBeNull();

    world.healthy();
    await next(engine, 'service');
    expect(engine.explanation('meet')).toContain('kuberm and kuberm2 answer. Their clocks are 1.6 ms apart');

    await act(engine, 'get-service', 'get-service-yaml');
    expect(world.ran).toEqual([
      'kuberm: kubectl get svc kubernetes',
      'kuberm: kubectl get svc kubernetes -o yaml',
    ]);
    await next(engine, 'endpoints');
    await act(engine, 'get-endpoints', 'get-from-store');
    expect(world.ran.at(-1)).toBe(
      'kuberm: sudo -n etcdctl get /registry/services/endpoints/default/kubernetes',
    );
    await next(engine, 'sticky');
    engine.intend({ want: 'act', action: 'kill-last-server' });
    expect(problems().at(-1)).toBe('guess-first');
    engine.intend({ want: 'guess', choice: 'about 2 s' });
    await act(engine, 'kill-last-server');
    expect(world.ran.at(-1)).toBe('kuberm2: kill kube-apiserver');
    await settle();
    expect(engine.explanation('sticky')).toMatch(/1 of 2 clients lost their server, \*\*8\.\d s\*\* without/);
    expect(engine.explanation('sticky')).toContain('about 2 s: it took longer');
    await next(engine, 'minions');
    engine.intend({ want: 'guess', choice: 'as long as it is gone' });
    await act(engine, 'kill-first-server');
    await settle();
    expect(engine.explanation('minions')).toMatch(/no answer for \*\*4\.\d s\*\*/);
    expect(engine.explanation('minions')).toMatch(/1 of 3 requests failed, all within \*\*4\.\d s\*\*/);
    expect(engine.explanation('sticky')).toMatch(/\*\*8\.\d s\*\* without/);
    await next(engine, 'units');
    await act(engine, 'read-unit', 'is-active');
    expect(world.ran.slice(-2)).toEqual([
      'kuberm: systemctl is-active kube-scheduler',
      'kuberm2: systemctl is-active kube-scheduler',
    ]);
    await next(engine, 'alike');
    await settle();
    expect(engine.missing()).toEqual(['units of API servers read', 'what must be alike is alike']);
    world.apiserver('kuberm', '--allow-privileged=false');
    const open = ['--insecure-port=8080', '--insecure-bind-address=0.0.0.0'];
    world.apiserver('kuberm2', '--allow-privileged=true', ...open);
    await act(engine, 'read-servers');
    await settle();
    expect(engine.missing()).toEqual(['what must be alike is alike']);
    expect(engine.checks().find(({ id }) => id === 'no-open-port')).toMatchObject({
      ok: false,
      why: expect.stringContaining('kube-apiserver on kuberm2: --insecure-bind-address=0.0.0.0'),
    });
    for (const name of ['kuberm', 'kuberm2']) world.apiserver(name);
    await act(engine, 'read-servers');
    await settle();
    expect(engine.explanation('alike')).toContain(
      'Published: 172.16.155.158 (kuberm) and 172.16.155.165 (kuberm2).',
    );
    expect(engine.explanation('alike')).toContain('two doors open, and none of these does');
    await next(engine, 'leader');
    expect(textOf(engine)).toContain('**kuberm** holds it, for 15 s at a');
    await act(engine, 'read-lock');
    expect(world.ran.at(-1)).toBe('kuberm: kubectl -n kube-system get endpoints kube-scheduler -o yaml');

    await next(engine, 'renew');
    await settle();
    expect(engine.missing()).toEqual(['three renewals']);
    world.renewals(3);
    await next(engine, 'look');
    expect(engine.explanation('renew')).toContain('succesfully renewed lease kube-system/kube-scheduler');
    await settle();
    expect(engine.missing()).toEqual(['two looks']);
    world.renewals(2);
    await next(engine, 'requests');
    await settle();
    expect(engine.missing()).toEqual(['the leader PUTs its lock', 'the standby only GETs']);
    world.renewals(2);
    await next(engine, 'stop');

    let restored: () => void = () => {};
    world.onFault = () => {
      world.handover();
      return new Promise((resolve) => {
        restored = resolve;
      });
    };
    expect(textOf(engine)).toContain('**kuberm** leads.');
    engine.intend({ want: 'act', action: 'stop-leader' });
    expect(problems().at(-1)).toBe('guess-first');
    expect(world.roundsSoFar).toEqual([]);
    engine.intend({ want: 'guess', choice: 'about 10 s' });
    expect(textOf(engine)).toContain('Your guess is kept.');
    engine.intend({ want: 'act', action: 'stop-leader' });
    await settle();
    expect(textOf(engine)).toContain('**kuberm** leads.');
    expect(engine.explanation('stop')).toMatch(/\*\*16\.3 s ± 0\.4 ms\*\* from the command until\s+kuberm2/);
    expect(engine.explanation('stop')).toContain('about 10 s: it took longer');
    expect(engine.explanation('stop')).toContain('no goodbye');
    expect(world.predicted()).toBeNull();
    expect(engine.explanation('stop')).toMatch(/The rules give\s+13\.0 s to 23\.8 s/);

    await next(engine, 'takeover');
    await next(engine, 'neighbour');
    await settle();
    expect(engine.missing()).toEqual(['its lock unmoved']);
    world.lock('kube-controller-manager', 'kuberm');
    await next(engine, 'back');
    await settle();
    expect(engine.missing()).toContain('put back');
    expect(engine.missing()).toContain('old leader stands by');
    world.putBack();
    restored();
    await next(engine, 'container');
    expect(textOf(engine)).toContain("**kuberm2**'s, chooses");
    engine.intend({ want: 'act', action: 'delete-pod' });
    await engine.settled();
    expect(problems().at(-1)).toBe('not-known-yet');
    await act(engine, 'make-pod');
    await settle();
    expect(engine.missing()).toEqual(['deleted again']);
    await act(engine, 'find-process', 'delete-pod');
    await next(engine, 'minion');
    await act(engine, 'get-nodes');
    await settle();
    expect(engine.missing()).toEqual(['dead node reported', 'by the leader alone']);
    world.renewals(1);
    await next(engine, 'manager');
    world.onFault = async (_, component) => {
      world.handover(18_000, component);
      world.putBack(component);
    };
    expect(textOf(engine)).toContain('controller-manager on **kuberm**');
    engine.intend({ want: 'guess', choice: '13 to 24 s' });
    await act(engine, 'stop-manager');
    await settle();
    expect(engine.explanation('manager')).toContain('**18.0 s ± 0.4 ms** until');
    expect(engine.explanation('manager')).toContain('13 to 24 s: right');
    await next(engine, 'compare');
    engine.intend({ want: 'act', action: 'kill-manager' });
    expect(problems().at(-1)).toBe('guess-first');
    engine.intend({ want: 'guess', choice: 'after 10 sec' });
    world.onFault = async (_, component, fault) => {
      world.handover(fault === 'kill' ? 17_000 : 19_000, component, fault);
      world.putBack(component);
    };
    await act(engine, 'kill-manager');
    await settle();
    expect(engine.missing()).toEqual(['frozen and timed']);
    await act(engine, 'freeze-manager');
    await settle();
    expect(engine.explanation('compare')).toContain(
      [
        '- **stop** on kuberm: kuberm2 after 18.0 s',
        '- **kill** on kuberm: kuberm2 after 17.0 s',
        '- **freeze** on kuberm: kuberm2 after 19.0 s',
      ].join('\n'),
    );
    expect(engine.explanation('compare')).toContain('after 10 sec: it took longer');
    await next(engine, 'store');
    await act(engine, 'stop-store');
    await next(engine, 'result');
    const told = engine.explanation('result');
    expect(told).toContain('- **−1.3 s** last renewal, kuberm');
    expect(told).toContain('- **+16.3 s** lock taken, kuberm2');
    expect(told).toContain('`kha-lab replay /tmp/run.jsonl`');
    expect(told).toContain('`kha-lab init`');
    engine.intend({ want: 'next' });
    await engine.finished;

    const passed = world.seen.flatMap((o) => (o.kind === 'step' && o.phase === 'passed' ? [o.step] : []));
    expect(passed).toEqual(lab.steps.map(({ id }) => id));
    for (const step of engine.plan().steps) {
      expect(step.text).not.toContain('…');
      expect(step.hints.join()).not.toContain('…');
      expect(engine.explanation(step.id) ?? '').not.toContain('…');
    }
    await engine.close();
  });

  test('tells of a release where the scheduler lets the lock go', async () => {
    world.releases = true;
    world.healthy();
    const engine = openLab({ lab, world, resume: resumeAt(lab, 'stop') });
    await settle();
    engine.intend({ want: 'guess', choice: 'about 2 s' });
    world.handover(1_700);
    await settle();
    expect(engine.explanation('stop')).toContain('about 2 s: right');
    expect(engine.explanation('stop')).toContain('empties the record');
    expect(engine.explanation('stop')).not.toContain('no goodbye');
    await engine.close();
  });
});

describe('unattended', () => {
  test('reaches the end by itself', async () => {
    world.healthy();
    for (const name of ['kuberm', 'kuberm2']) world.apiserver(name);
    world.outputs.etcdctl = { code: 0, output: '172.16.155.158 172.16.155.165' };
    world.onFault = async (_, component, fault) => {
      world.handover(16_334.6, component, fault);
      world.putBack(component);
    };
    const engine = openLab({ lab, world });
    const pulse = setInterval(() => world.renewals(1), 5);
    const result = await runUnattended(engine, { deadlineMs: 10_000 });
    clearInterval(pulse);
    await engine.close();
    expect(result.steps.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
    expect(result.steps.map(({ step }) => step)).toEqual(lab.steps.map(({ id }) => id));
    expect(result.ok).toBe(true);
    const scene = world.seen.reduce(seeScene, emptyScene);
    const run = { lab, scene, result, recording: null, interrupted: false, predicted: () => null };
    const reported = new Map(
      labJson(run).steps.flatMap(({ checks }) => checks.map(({ id, ok }) => [id, ok] as const)),
    );
    for (const [system, checks] of Object.entries(systems))
      for (const check of checks) expect([system, check, reported.get(check)]).toEqual([system, check, true]);
  });

  test('an interruption does not wait for the handover', async () => {
    world.healthy();
    const abort = new AbortController();
    let aborted = false;
    world.onFault = (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          resolve();
        });
        abort.abort();
      });
    const engine = openLab({ lab, world, resume: resumeAt(lab, 'stop') });
    const result = await runUnattended(engine, { signal: abort.signal, deadlineMs: 10_000 });
    expect(result).toMatchObject({ ok: false, steps: [{ step: 'stop', verdict: 'failed' }] });
    expect(aborted).toBe(false);
    await engine.close();
    expect(aborted).toBe(true);
  });

  test('stops at the step that failed and says what was missing', async () => {
    const engine = openLab({ lab, world });
    const result = await runUnattended(engine, { deadlineMs: 20 });
    await engine.close();
    expect(result.ok).toBe(false);
    expect(result.steps).toHaveLength(1);
    expect(result.steps[0]?.missing).toContain('every master answers');
  });
});

function textOf(engine: LabEngine): string {
  return engine.plan().steps.find(({ id }) => id === engine.step().id)?.text ?? '';
}

function resumeAt(of: Lab, step: string) {
  const passed = of.steps
    .slice(
      0,
      of.steps.findIndex(({ id }) => id === step),
    )
    .map(({ id }) => id);
  return { version: 1 as const, lab: of.name, step, passed, guesses: {} };
}
