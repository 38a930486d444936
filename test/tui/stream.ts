// A whole handover as observations, made from a seed: what the screens are tested and tried with.
import type { LabPlan } from '../../src/model/labplan.ts';
import type { LogEvent } from '../../src/model/logevent.ts';
import type { Observation, Seen } from '../../src/model/observation.ts';
import { seededRandom } from '../../src/model/random.ts';

export interface Told {
  readonly atMs: number;
  readonly host: string | null;
  readonly seen: Seen;
  readonly errorMs?: number;
}

export const started = '2026-11-22T19:49:50.000000Z';
export const stopAtMs = 39_542;
export const takenAtMs = stopAtMs + 16_335;
const component = 'kube-scheduler';
const lock = { kind: 'Endpoints', namespace: 'kube-system', name: component } as const;
const terms = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
  releasesOnStop: false,
};
const stopCommand = 'sudo -n systemctl stop kube-scheduler';

/** Two masters come up, kuberm leads, its scheduler is stopped at `stopAtMs`, kuberm2 takes over, all is put back. */
export function handover(seed = 1): readonly Observation[] {
  const random = seededRandom(seed);
  const told: Told[] = [
    ...beginning(),
    ...leading(random),
    ...looking(random),
    ...faulted(),
    ...after(random),
  ];
  told.push({ atMs: 105_000, host: null, seen: { kind: 'end', exit: 0 } });
  return told
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, host, seen, errorMs = 0.2 }, seq) => ({ ...seen, seq, atMs, errorMs, host }));
}

function beginning(): Told[] {
  const masters = [
    { name: 'kuberm', address: '172.16.155.158' },
    { name: 'kuberm2', address: '172.16.155.165' },
  ];
  const command = ['kha-lab', 'lab'];
  const run = { kind: 'run', version: 1, tool: 'kha-lab 0.1.0', startedAt: started, what: 'lab' } as const;
  const told: Told[] = [
    { atMs: 0, host: null, seen: { ...run, target: 'kha-lab.yaml', command, masters } },
    { atMs: 1, host: null, seen: { kind: 'step', step: 'stop', phase: 'entered' } },
  ];
  for (const [index, { name }] of masters.entries()) {
    told.push(
      {
        atMs: 20 + index,
        host: name,
        seen: { kind: 'host', state: 'up', roundTripMs: 3 + index, detail: null },
      },
      {
        atMs: 30 + index,
        host: name,
        seen: { kind: 'clock', offsetMs: index ? -1.2 : 0.4, offsetErrorMs: 0.1 },
      },
      { atMs: 40 + index, host: name, seen: { kind: 'api', ready: true, version: 'v1.20.2', detail: null } },
      { atMs: 50 + index, host: name, seen: instance(component, 'active', 4242) },
      { atMs: 51 + index, host: name, seen: instance('kube-controller-manager', 'active', 4243) },
    );
  }
  const manager = { ...lockSeen('kuberm', 900), component: 'kube-controller-manager' } as const;
  const seen = { ...manager, lock: { ...lock, name: 'kube-controller-manager' } };
  told.push({ atMs: 60, host: 'kuberm', seen }, { atMs: 61, host: 'kuberm', seen: lockSeen('kuberm', 1000) });
  told.push(
    { atMs: 500, host: null, seen: check('leads', 'kuberm leads') },
    { atMs: 510, host: null, seen: check('stands-by', 'kuberm2 stands by') },
    { atMs: 20_000, host: null, seen: { kind: 'guess', step: 'stop', choice: 'about 10 s' } },
  );
  return told;
}

/** kuberm renews every two seconds until it is stopped. */
function leading(random: () => number): Told[] {
  const told: Told[] = [];
  for (let atMs = 1508, version = 1001; atMs < stopAtMs; atMs += 2000 + random() * 12, version += 1) {
    told.push(
      { atMs: atMs - 4, host: 'kuberm', seen: line(atMs - 4, { is: 'request', lock: null }) },
      { atMs, host: 'kuberm', seen: line(atMs, { is: 'renewed', lock: 'kube-system/kube-scheduler' }) },
      { atMs: atMs + 2, host: 'kuberm', seen: lockSeen('kuberm', version) },
    );
  }
  return told;
}

/** kuberm2 looks every two seconds and up to 1.2 times as long again. */
function looking(random: () => number): Told[] {
  const told: Told[] = [];
  const held = { is: 'held', lock: 'kube-system/kube-scheduler', holder: 'kuberm' } as const;
  for (let atMs = 2269; atMs < takenAtMs - 2000; atMs += 2000 * (1 + random() * 1.2))
    told.push({ atMs, host: 'kuberm2', seen: line(atMs, held) });
  return told;
}

function faulted(): Told[] {
  const fault = { kind: 'fault', round: 1, component, fault: 'stop' } as const;
  const round = { kind: 'round', round: 1, component, fault: 'stop', from: 'kuberm', terms } as const;
  const ran = { kind: 'command', text: stopCommand, why: 'stops the leader' } as const;
  return [
    { atMs: 37_000, host: 'kuberm', seen: { ...round, phase: 'begun' } },
    { atMs: 37_010, host: 'kuberm', seen: { ...ran, phase: 'shown', code: null, tookMs: null } },
    { atMs: 37_100, host: 'kuberm', seen: { ...fault, phase: 'armed', returnsInMs: 60_000 } },
    { atMs: stopAtMs, host: 'kuberm', seen: { ...fault, phase: 'issued' } },
    { atMs: stopAtMs + 12, host: 'kuberm', seen: line(stopAtMs + 12, { is: 'terminating' }) },
    { atMs: stopAtMs + 35, host: 'kuberm', seen: { ...fault, phase: 'effective' } },
    { atMs: stopAtMs + 36, host: 'kuberm', seen: { ...ran, phase: 'ran', code: 0, tookMs: 35 } },
    { atMs: stopAtMs + 40, host: 'kuberm', seen: instance(component, 'inactive', null) },
    { atMs: stopAtMs + 41, host: null, seen: check('gone', 'scheduler stopped') },
    {
      atMs: takenAtMs,
      host: 'kuberm2',
      seen: line(takenAtMs, { is: 'acquired', lock: 'kube-system/kube-scheduler' }),
    },
    { atMs: takenAtMs + 3, host: 'kuberm2', seen: lockSeen('kuberm2', 2000) },
    { atMs: takenAtMs + 50, host: null, seen: check('timed', 'handover timed') },
    { atMs: 97_100, host: 'kuberm', seen: { ...fault, phase: 'ended' } },
    { atMs: 97_400, host: 'kuberm', seen: instance(component, 'active', 5151) },
    { atMs: 97_500, host: 'kuberm', seen: { ...fault, phase: 'restored' } },
    { atMs: 97_600, host: 'kuberm', seen: { ...fault, phase: 'disarmed' } },
    { atMs: 97_700, host: 'kuberm', seen: { ...round, phase: 'ended' } },
  ];
}

function after(random: () => number): Told[] {
  const told: Told[] = [];
  for (
    let atMs = takenAtMs + 2000, version = 2001;
    atMs < 104_000;
    atMs += 2000 + random() * 12, version += 1
  ) {
    told.push({
      atMs,
      host: 'kuberm2',
      seen: line(atMs, { is: 'renewed', lock: 'kube-system/kube-scheduler' }),
    });
    told.push({ atMs: atMs + 2, host: 'kuberm2', seen: lockSeen('kuberm2', version) });
  }
  return told;
}

function instance(name: string, active: string, pid: number | null): Seen {
  const sub = active === 'active' ? 'running' : 'dead';
  const rest = { argv: [`/usr/bin/${name}`, '--v=6'], logs: null, terms, version: 'v1.20.2' };
  return {
    kind: 'instance',
    component: name,
    unit: `${name}.service`,
    active,
    sub,
    enabled: 'enabled',
    pid,
    ...rest,
  };
}

function lockSeen(holder: string, version: number) {
  const record = { holder, leaseDurationSeconds: 15, acquireTime: null, renewTime: null, transitions: 1 };
  const identity = { ...record, holder: `${holder}_1c0f6a2e-0000-4000-8000-0123456789ab` };
  return {
    kind: 'lock',
    component,
    lock,
    change: 'changed',
    record: identity,
    resourceVersion: `${version}`,
  } as const;
}

function check(id: string, title: string): Seen {
  return {
    kind: 'check',
    id,
    title,
    ok: true,
    detail: 'as it should be',
    command: null,
    tookMs: 2,
    step: 'stop',
  };
}

function line(atMs: number, said: LogEvent | { is: 'request'; lock: null }): Seen {
  const path = '/api/v1/namespaces/kube-system/endpoints/kube-scheduler';
  const event: LogEvent =
    said.is === 'request' && 'lock' in said
      ? { is: 'request', method: 'GET', path, status: 200, tookMs: 2 }
      : said;
  const seconds = ((atMs / 1000 + 50) % 60).toFixed(6).padStart(9, '0');
  const minutes = String(49 + Math.floor((atMs / 1000 + 50) / 60)).padStart(2, '0');
  const text = `I1122 19:${minutes}:${seconds}    4242 leaderelection.go:273] ${event.is} ${path}`;
  return { kind: 'log', component, line: text, event, writtenMs: null, arrivedMs: atMs + 120 };
}

export const plan: LabPlan = {
  name: 'ha-masters',
  title: 'HA masters',
  steps: [
    step('meet', 'Meet the masters', 'Two masters, **one** of each component at work.'),
    {
      ...step(
        'stop',
        'Stop the scheduler on the leader',
        '`kuberm` holds the lock. If its scheduler goes away, nobody schedules pods until `kuberm2` takes the lock.\n\n' +
          '- the leader renews every 2 s\n- the standby looks every 2 to 4.4 s, and starts its own 15 s when it *sees* a renewal',
      ),
      logs: component,
      guess: {
        question: 'how long will it take?',
        choices: ['about 2 s', 'about 10 s', '15 s exactly', '13 to 24 s'],
      },
      actions: [
        {
          id: 'stop-leader',
          title: 'Stop it, and watch',
          commands: [{ host: 'kuberm', text: stopCommand }],
          note: 'by itself after 60 s, even if this laptop dies',
          isFault: true,
        },
      ],
      checks: [
        { id: 'leads', title: 'kuberm leads', sort: 'level' },
        { id: 'stands-by', title: 'kuberm2 stands by', sort: 'level' },
        { id: 'gone', title: 'scheduler stopped', sort: 'edge' },
        { id: 'timed', title: 'handover timed', sort: 'edge' },
      ],
      hints: ['Guess first; most are wrong.', 'Remember what the standby waits for, and when it looks.'],
    },
    step('result', 'What you saw', 'The end.'),
  ],
};

function step(id: string, title: string, text: string): LabPlan['steps'][number] {
  return { id, title, text, guess: null, actions: [], checks: [], hints: [], logs: null };
}
