// A target whose every observation is given by the test, and whose faults end when the test says so.

import type { LabWorld, WaysRequest } from '../../src/lab/world.ts';
import type { FaultKind } from '../../src/model/faultkind.ts';
import type { ComponentName } from '../../src/model/lock.ts';
import type { LogEvent } from '../../src/model/logevent.ts';
import type { Observation, Seen } from '../../src/model/observation.ts';
import type { Round } from '../../src/model/round.ts';
import type { WayName, WaysSeen } from '../../src/model/waysseen.ts';

export const masters = [
  { name: 'kuberm', address: '172.16.155.158' },
  { name: 'kuberm2', address: '172.16.155.165' },
] as const;

export const lockPath = '/api/v1/namespaces/kube-system/endpoints/kube-scheduler';

const terms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
  releasesOnStop: false as boolean | null,
};

export class FakeWorld implements LabWorld {
  readonly masters = masters;
  readonly seen: Observation[] = [];
  readonly ran: string[] = [];
  recording: string | null = '/tmp/run.jsonl';
  roundsSoFar: Round[] = [];
  outputs: Record<string, { code: number; output: string }> = {};
  releases: boolean | null = false;
  /** Called when a fault is asked for; what it returns is what the engine waits for. */
  onFault: (signal: AbortSignal, component: ComponentName, fault: FaultKind) => Promise<void> = () =>
    Promise.resolve();
  /** Called before a command answers: what it does to the target. */
  onRun: (master: string, argv: readonly string[]) => void = () => {};
  #listeners = new Set<(o: Observation) => void>();
  #now = 0;
  #round = 0;
  #pods: Record<string, string> = {};

  constructor() {
    const at = { startedAt: '2026-11-22T19:50:00.000000Z', target: 'sandbox', command: ['kha-lab'] };
    this.say({
      kind: 'run',
      version: 1,
      tool: 'kha-lab test',
      what: 'lab',
      masters,
      lab: 'ha-masters',
      ...at,
    });
  }

  say(seen: Seen, host: string | null = null): void {
    this.#now += 100;
    const o = { ...seen, seq: this.seen.length, atMs: this.#now, errorMs: 0.2, host } as Observation;
    this.seen.push(o);
    for (const listener of [...this.#listeners]) listener(o);
  }

  note(seen: Seen): void {
    this.say(seen);
  }

  subscribe(listener: (o: Observation) => void): () => void {
    for (const o of [...this.seen]) listener(o);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  commandLine(_master: string, argv: readonly string[], sudo: boolean): string {
    return [...(sudo ? ['sudo', '-n'] : []), ...argv].join(' ');
  }

  async run(master: string, argv: readonly string[], { sudo, why }: { sudo: boolean; why: string }) {
    const text = this.commandLine(master, argv, sudo);
    const { code, output } = this.outputs[argv[0] ?? ''] ?? { code: 0, output: usual(argv) };
    this.ran.push(`${master}: ${text}`);
    this.onRun(master, argv);
    this.say({ kind: 'command', text, why, phase: 'ran', code, tookMs: 1, output }, master);
    return { code, output };
  }

  async makePod({ name }: { name: string }): Promise<void> {
    const argv = ['kubectl', 'run', name, '--image=busybox'];
    await this.run('kuberm', argv, { sudo: false, why: 'a pod' });
    this.pod(name, 'Pending');
    this.log('kuberm2', 'kube-scheduler', request('POST', `/api/v1/namespaces/default/pods/${name}/binding`));
    this.pod(name, 'Running');
  }

  async removePod(name: string): Promise<void> {
    await this.run('kuberm', ['kubectl', 'delete', 'pod', name], { sudo: false, why: 'away' });
    this.pod(name, 'gone');
  }

  async putAway(): Promise<void> {
    const left = Object.entries(this.#pods).filter(([, phase]) => phase !== 'gone');
    for (const [name] of left) await this.removePod(name);
  }

  pod(name: string, phase: string): void {
    const started = phase !== 'Pending' && this.#pods[name] !== undefined;
    const container = started ? 'kha-lab://4711' : null;
    const node = started ? '172.16.155.158' : null;
    this.#pods[name] = phase;
    this.say({ kind: 'pod', name: `default/${name}`, phase, node, container });
  }

  /** Two clients of the service stick to the server that is stopped, whoever's it is; the node names the first master's. */
  async tryWays({ on, holdMs, killed }: WaysRequest): Promise<void> {
    this.ran.push(`${on}: ${killed ? 'kill' : 'stop'} kube-apiserver`);
    const first = on === 'kuberm';
    this.waysBegun(on);
    this.serverStopped();
    for (const ok of [true, false, true]) {
      if (ok) this.#now += holdMs;
      for (const client of ['container 1', 'container 2']) {
        const own = client === (first ? 'container 1' : 'container 2');
        this.ask('service', client, ok || !own);
      }
      this.ask('server', 'node', ok || !first);
      this.ask('balancer', 'node', ok);
    }
    this.waysEnded(on);
  }

  planWays({ on }: { on: string; holdMs: number }) {
    return [{ host: on, text: 'systemctl --no-block stop kube-apiserver.service' }];
  }

  serverStopped(): void {
    const fault = { kind: 'fault', round: 99, component: 'kube-scheduler', fault: 'apiserver' } as const;
    this.say({ ...fault, phase: 'issued' });
    this.say({ ...fault, phase: 'disarmed' });
  }

  waysBegun(stopped: string, missing: WaysSeen['missing'] = []): void {
    this.say(waysOf(stopped, 'begun', missing));
  }

  waysEnded(stopped: string): void {
    this.say(waysOf(stopped, 'ended', []));
  }

  ask(way: WayName, client: string, ok: boolean): void {
    this.say({ kind: 'ask', way, client, ok, tookMs: 3, reason: ok ? null : 'refused' });
  }

  planFault({ component, fault }: { component: ComponentName; fault: string }) {
    return [
      { host: 'kuberm', text: `systemd-run --on-active=60 systemctl start ${component}` },
      { host: 'kuberm', text: `systemctl ${fault} ${component}` },
    ];
  }

  fault({
    signal,
    component,
    fault,
  }: {
    component: ComponentName;
    fault: FaultKind;
    signal: AbortSignal;
  }): Promise<void> {
    return this.onFault(signal, component, fault);
  }

  rounds(): readonly Round[] {
    return this.roundsSoFar;
  }

  predicted() {
    const standsBy = this.seen.findLast((o) => o.kind === 'instance' && o.component === 'kube-scheduler');
    if (standsBy?.kind === 'instance' && standsBy.active !== 'active') return null;
    return { minMs: 13_000, p50Ms: 17_320, p95Ms: 20_080, maxMs: 23_800 };
  }

  expected() {
    return { minMs: 13_000, p50Ms: 17_320, p95Ms: 20_080, maxMs: 23_800 };
  }

  nowMs(): number {
    return this.#now;
  }

  instance(host: string, component: string, active = 'active', argv = [`/opt/bin/${component}`]): void {
    const unit = { unit: `${component}.service`, active, sub: active === 'active' ? 'running' : 'dead' };
    const rest = { enabled: 'enabled', pid: 17, argv, logs: null, version: 'v1.6.4' };
    const own = { ...terms, releasesOnStop: this.releases };
    this.say({ kind: 'instance', component, ...unit, ...rest, terms: own }, host);
  }

  /** The API server's unit of a master as the tutorial has it, closed, but for these flags. */
  apiserver(master: string, ...more: readonly string[]): void {
    const own = `--advertise-address=${masters.find(({ name }) => name === master)?.address}`;
    const flags = [own, '--insecure-port=0', '--etcd-servers=https://172.16.155.158:2379', ...more];
    this.instance(master, 'kube-apiserver', 'active', ['/opt/bin/kube-apiserver', ...flags]);
  }

  log(host: string, component: string, event: LogEvent['is'] | LogEvent, message?: string): void {
    const meaning = typeof event === 'string' ? ({ is: event } as LogEvent) : event;
    const line = `I0607 11:00:53.684914   18257 leaderelection.go:204] ${message ?? meaning.is}`;
    const seen = { kind: 'log', component, line, event: meaning } as const;
    this.say({ ...seen, writtenMs: null, arrivedMs: this.#now }, host);
  }

  lock(component: ComponentName, holder: string, transitions = 1): void {
    const lock = { kind: 'Endpoints', namespace: 'kube-system', name: component } as const;
    const record = { holder, leaseDurationSeconds: 15, acquireTime: null, renewTime: null, transitions };
    const resourceVersion = String(this.seen.length);
    this.say({ kind: 'lock', component, lock, change: 'changed', record, resourceVersion }, 'kuberm');
  }

  /** Both masters up, both components run, kuberm leads. */
  healthy(): void {
    for (const { name } of masters) {
      this.say({ kind: 'host', state: 'up', roundTripMs: 3, detail: null }, name);
      this.say({ kind: 'clock', offsetMs: name === 'kuberm' ? 0.4 : -1.2, offsetErrorMs: 0.1 }, name);
      this.say({ kind: 'api', ready: true, version: 'v1.6.4', detail: null }, name);
      this.instance(name, 'kube-scheduler');
      this.instance(name, 'kube-controller-manager');
    }
    this.say({ kind: 'endpoints', addresses: ['172.16.155.158:6443', '172.16.155.165:6443'] });
    this.lock('kube-scheduler', 'kuberm');
    this.lock('kube-controller-manager', 'kuberm');
  }

  renewals(times: number): void {
    for (let i = 0; i < times; i++) {
      this.log('kuberm', 'kube-scheduler', 'renewed', 'succesfully renewed lease kube-system/kube-scheduler');
      this.log('kuberm2', 'kube-scheduler', 'held', 'lock is held by kuberm and has not yet expired');
      this.log('kuberm', 'kube-scheduler', request('GET', lockPath));
      this.log('kuberm', 'kube-scheduler', request('PUT', lockPath));
      this.log('kuberm2', 'kube-scheduler', request('GET', lockPath));
      this.log('kuberm', 'kube-controller-manager', { is: 'nodeSilent', node: 'kubermnode2' });
    }
  }

  /** The fault up to the moment the standby has the lock. */
  handover(ms = 16_334.6, component: ComponentName = 'kube-scheduler', fault: FaultKind = 'stop'): void {
    this.#round += 1;
    const round = this.#round;
    const own = { ...terms, releasesOnStop: this.releases };
    this.say({
      kind: 'round',
      round,
      phase: 'begun',
      component,
      fault,
      from: 'kuberm',
      terms: own,
    });
    for (const phase of ['armed', 'issued', 'effective'] as const) {
      this.say({ kind: 'fault', round, component, fault, phase }, 'kuberm');
    }
    this.instance('kuberm', component, 'inactive');
    this.log('kuberm2', component, 'acquired', `successfully acquired lease kube-system/${component}`);
    this.lock(component, 'kuberm2', 2);
    this.log('kuberm2', component, 'leaderEvent');
    const message = 'kuberm2 became leader';
    this.say({ kind: 'event', component, object: `endpoints/${component}`, message, time: null });
    this.roundsSoFar = [...this.roundsSoFar, { ...measured(ms, own), round, component, fault }];
    this.say({ kind: 'leader', component, holder: 'kuberm2', master: 'kuberm2' });
  }

  putBack(component: ComponentName = 'kube-scheduler'): void {
    const round = this.#round;
    this.instance('kuberm', component);
    this.log('kuberm', component, 'attempting', 'attempting to acquire leader lease...');
    for (const phase of ['ended', 'restored', 'disarmed'] as const) {
      this.say({ kind: 'fault', round, component, fault: 'stop', phase }, 'kuberm');
    }
    const other = component === 'kube-scheduler' ? 'kube-controller-manager' : 'kube-scheduler';
    this.lock(other, component === 'kube-scheduler' ? 'kuberm' : 'kuberm2');
  }
}

function measured(ms: number, own: typeof terms): Round {
  const mark = { errorMs: 0.2, host: 'kuberm2', witness: 'log line' } as const;
  return {
    round: 1,
    component: 'kube-scheduler',
    fault: 'stop',
    from: 'kuberm',
    to: 'kuberm2',
    terms: own,
    marks: [
      { ...mark, name: 'lastRenew', atMs: 8_700, host: 'kuberm' },
      { ...mark, name: 'faultIssued', atMs: 10_000, host: 'kuberm', witness: 'fault command' },
      { ...mark, name: 'acquired', atMs: 10_000 + ms },
    ],
    handover: { ms, errorMs: 0.4 },
    outage: { ms: ms + 16, errorMs: 200 },
    twoLeadersMs: 0,
    lastLooks: {},
    phase: 'handedOver',
    returnsAtMs: null,
  };
}

function waysOf(stopped: string, phase: WaysSeen['phase'], missing: WaysSeen['missing']): WaysSeen {
  const absent = missing.map(({ way }) => way);
  const ways: WaysSeen['ways'] = [
    { way: 'service', address: '172.18.0.1:443', clients: ['container 1', 'container 2'] },
    { way: 'server', address: '172.16.155.158:6443', clients: ['node'] },
    { way: 'balancer', address: '172.16.155.150:6443', clients: ['node'] },
  ];
  const there = ways.filter(({ way }) => !absent.includes(way));
  const how = { everyMs: 250, reconciler: 'master-count', affinity: 'ClientIP' };
  return { kind: 'ways', phase, stopped, ...how, ways: there, missing };
}

/** What a component logs of a request of its own. */
export function request(method: string, path: string): LogEvent {
  return { is: 'request', method, path, status: 200, tookMs: 2 };
}

function usual(argv: readonly string[]): string {
  if (argv.includes('yaml')) return 'holderIdentity: kuberm\n    targetPort: 6443\n';
  if (argv.includes('cat')) return 'ExecStart=/opt/bin/kube-apiserver --advertise-address=172.16.155.158\n';
  return argv.includes('is-active') ? 'active\n' : 'kubernetes   172.18.0.1   <none>   443/TCP   34d\n';
}
