// A round on masters made of values, whose state is steady and whose lock goes where the test says.
import type { RoundRequest } from '../../src/experiment/round.ts';
import { createStage } from '../../src/experiment/stage.ts';
import type { Observation, Seen } from '../../src/model/observation.ts';
import { createRecorder } from '../../src/recording/recorder.ts';
import { noTape } from '../../src/recording/tape.ts';
import { type FakeMaster, fakeMaster } from './fakemaster.ts';

// Three periods are how old a renewal may be: on a busy machine a test takes a while to look.
const terms = { leaseDurationMs: 15, renewDeadlineMs: 10, retryPeriodMs: 2_000, releasesOnStop: false };

export interface FakeRound {
  readonly masters: readonly FakeMaster[];
  readonly request: RoundRequest;
  readonly seen: Seen[];
  readonly leave: AbortController;
  /** What listeners threw. */
  readonly bugs: readonly unknown[];
  /** Shows the lock as held, and just renewed, by this master. */
  hold(master: string): void;
  /** Called with all that is seen; may throw. */
  listener: (observation: Observation) => void;
}

export function fakeRound(options: { readonly pendingFolder?: string } = {}): FakeRound {
  const masters = [fakeMaster('a'), fakeMaster('b')];
  const clock = () => performance.timeOrigin + performance.now();
  const startedMs = clock();
  const seen: Seen[] = [];
  const leave = new AbortController();
  const hurry = new AbortController();
  hurry.abort();
  const bugs: unknown[] = [];
  const onListenerFailure = (error: unknown) => bugs.push(error);
  const recorder = createRecorder({ tape: noTape, clock, startedMs, onListenerFailure });
  recorder.subscribe((one) => round.listener(one));
  const stage = createStage(recorder.subscribe);
  const show = (host: string | null, one: Seen) => {
    seen.push(one);
    recorder.observe({ seen: one, host, atMs: clock(), errorMs: 0 });
  };
  const unit = 'kube-scheduler.service';
  const component = 'kube-scheduler';
  show(null, {
    kind: 'run',
    version: 1,
    tool: 'kha-lab',
    startedAt: new Date(startedMs).toISOString(),
    what: 'failover',
    target: 'test',
    command: [],
    masters: masters.map(({ name, address }) => ({ name, address })),
  });
  const instance = { component, unit, argv: [], logs: null, terms };
  for (const { name } of masters) {
    show(name, { kind: 'host', state: 'up', roundTripMs: 1, detail: null });
    show(name, { kind: 'clock', offsetMs: 0, offsetErrorMs: 0.1 });
    const state = { active: 'active', sub: 'running', enabled: 'enabled', pid: 7, version: null };
    show(name, { kind: 'instance', ...instance, ...state });
  }
  let version = 1;
  const hold = (holder: string) =>
    show(null, {
      kind: 'lock',
      component,
      lock: { kind: 'Lease', namespace: 'kube-system', name: component },
      change: 'changed',
      record: {
        holder,
        leaseDurationSeconds: 15,
        acquireTime: null,
        renewTime: new Date(startedMs + 2_000 * version).toISOString(),
        transitions: 0,
      },
      resourceVersion: String(version++),
    });
  const round: FakeRound = {
    masters,
    seen,
    leave,
    bugs,
    hold,
    listener: () => {},
    request: {
      observe: ({ seen: one, host }) => {
        show(host, one);
      },
      clock,
      signal: leave.signal,
      hurry: hurry.signal,
      stage,
      component,
      fault: 'stop',
      on: 'leader',
      holdMs: 0,
      letRestart: false,
      holdOnly: false,
      killed: false,
      round: 1,
      random: () => 0,
      startedMs,
      pendingFolder: options.pendingFolder ?? null,
      allowNotEnabled: false,
      canaries: { missing: 'a test' },
      watching: {
        instance: () => instance,
        sshPort: () => 22,
        offsets: () => [{ atMs: startedMs, offsetMs: 0, errorMs: 0.1 }],
        measureClocks: async () => {},
        lookAtUnits: async () => {},
        stop: async () => {},
      },
      target: {
        inventory: { source: 'test.yaml' } as never,
        masters: masters.map((host) => ({
          name: host.name,
          host,
          master: { name: host.name, components: {} } as never,
        })),
        apis: [],
        close: async () => {},
      },
    },
  };
  // A record that is there proves nothing; one that changes is somebody's who lives.
  hold('a');
  hold('a');
  return round;
}
