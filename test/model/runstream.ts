// Streams of whole runs for tests: as many rounds as handovers are given, on two masters, each put back.
import { writeFileSync } from 'node:fs';
import type { ElectionTerms, Observation, RoundBegun } from '../../src/model/observation.ts';
import { rememberedPredictions } from '../../src/model/predictions.ts';
import { RunFold } from '../../src/model/runfold.ts';
import type { RunTold } from '../../src/model/runtold.ts';
import {
  acquired,
  clock,
  fault,
  lockSeen,
  looked,
  observations,
  record,
  renewed,
  round,
  run,
  type Told,
  terms,
  unit,
} from './roundstream.ts';

export interface RunWish {
  /** A round for each, in milliseconds; null for one in which nobody takes the lock. */
  readonly handoversMs: readonly (number | null)[];
  readonly fault?: string;
  readonly terms?: ElectionTerms;
  /** Exit code; null for a recording that lacks its end. */
  readonly exit?: number | null;
  /** What else the beginnings of rounds say. */
  readonly how?: Partial<RoundBegun>;
  /** The last round is never put back. */
  readonly left?: boolean;
  readonly command?: readonly string[];
  /** Said by kuberm2's scheduler in each round. */
  readonly line?: string;
}

const roundMs = 60_000;

export function runStream(wish: RunWish): readonly Observation[] {
  const { handoversMs, exit = 0, command = ['kha-lab', 'failover'] } = wish;
  const [begun, ...rest] = [run('kuberm', 'kuberm2')];
  const first = { ...begun, seen: { ...begun?.seen, command } } as Told;
  const masters = ['kuberm', 'kuberm2'].flatMap((name): readonly Told[] => [
    clock(name, 100, 0.4),
    unit(150, 'active', 11, name),
    { atMs: 160, host: name, seen: { kind: 'api', ready: true, version: 'v1.20.2', detail: null } },
  ]);
  const rounds = handoversMs.flatMap((ms, index) => roundTold(index, { ...wish, ms }));
  const end: readonly Told[] =
    exit === null
      ? []
      : [{ atMs: (handoversMs.length + 1) * roundMs, host: null, seen: { kind: 'end', exit } }];
  return observations([first, ...rest, ...masters, lockSeen(200, 5, record('kuberm_u')), ...rounds, ...end]);
}

function roundTold(index: number, wish: RunWish & { readonly ms: number | null }): readonly Told[] {
  const at = (ms: number) => (index + 0.5) * roundMs + ms;
  const { ms, line, left = false, handoversMs } = wish;
  const fallen = wish.fault ?? 'stop';
  const same = { round: index + 1, fault: fallen };
  const takenMs = ms ?? 30_000;
  const version = 10 * (index + 1);
  const back: readonly Told[] =
    left && index === handoversMs.length - 1
      ? []
      : [
          fault('restored', at(takenMs + 600), same),
          unit(at(takenMs + 700), 'active', 12 + index),
          { ...fault('disarmed', at(takenMs + 800), same), host: null },
        ];
  return [
    round('begun', at(-3000), { ...same, terms: wish.terms ?? terms, ...wish.how }),
    fault('armed', at(-2000), { ...same, returnsInMs: 60_000 }),
    renewed('kuberm', at(-700)),
    fault('issued', at(0), same),
    fault('effective', at(80), same),
    unit(at(90), 'inactive', null),
    looked('kuberm2', at(900)),
    ...(line === undefined ? [] : [{ ...looked('kuberm2', at(950)), seen: said(line, at(950)) }]),
    ...(ms === null ? [] : [acquired('kuberm2', at(ms)), lockSeen(at(ms), version, record('kuberm2_u'))]),
    fault('ended', at(takenMs + 500), same),
    ...back,
    lockSeen(at(takenMs + 900), version + 1, record('kuberm_u')),
    round('ended', at(takenMs + 1000), same),
  ];
}

function said(line: string, arrivedMs: number): Told['seen'] {
  return { kind: 'log', component: 'kube-scheduler', line, event: null, writtenMs: null, arrivedMs };
}

export const predictions = rememberedPredictions(4000);

export function runTold(wish: RunWish, file = 'run.ndjson'): RunTold {
  const fold = new RunFold({ predictions, limitOf: () => null, pictures: true, mostLogs: 100 });
  for (const observation of runStream(wish)) fold.see(observation);
  const told = fold.told(file, wish.exit === null ? 'The recording ends early.' : null);
  if (told === null) throw new Error('the stream has no beginning');
  return told;
}

/** The stream as a file, as the recorder writes it. */
export function writeRun(file: string, wish: RunWish): string {
  writeFileSync(
    file,
    runStream(wish)
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  return file;
}
