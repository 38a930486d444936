// One line of a recording, of every kind: the one definition behind reading and the published JSON Schema.
import { z } from 'zod';
import type { Observation } from '../../model/observation.ts';
import { check, command, end, guess, problem, step } from './course.ts';
import { canary, event, fault, leader, lock, round } from './election.ts';
import { api, clock, endpoints, gap, host, instance, log } from './masters.ts';
import { moment, name } from './name.ts';
import { pod } from './pods.ts';
import { run } from './run.ts';
import { ask, ways } from './ways.ts';

const stamp = {
  seq: z.int().describe('order of recording, from 0'),
  atMs: moment.describe("when it happened: milliseconds since startedAt, the observer's clock"),
  errorMs: moment.describe('half-width of atMs'),
  host: name.nullable().describe('the master it was seen on; null when it is not of one master'),
};

export const observationSchema = z.discriminatedUnion('kind', [
  run.extend(stamp),
  host.extend(stamp),
  clock.extend(stamp),
  instance.extend(stamp),
  log.extend(stamp),
  gap.extend(stamp),
  lock.extend(stamp),
  leader.extend(stamp),
  api.extend(stamp),
  endpoints.extend(stamp),
  event.extend(stamp),
  pod.extend(stamp),
  ways.extend(stamp),
  ask.extend(stamp),
  command.extend(stamp),
  round.extend(stamp),
  fault.extend(stamp),
  canary.extend(stamp),
  check.extend(stamp),
  step.extend(stamp),
  guess.extend(stamp),
  problem.extend(stamp),
  end.extend(stamp),
]);

/** Every kind this program knows. */
export const knownKinds: ReadonlySet<string> = new Set(
  observationSchema.options.map(({ shape }) => shape.kind.value),
);

type Written = z.input<typeof observationSchema>;
type Loose<T> = T extends readonly (infer E)[]
  ? Loose<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Loose<Exclude<T[K], undefined>> }
    : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Does not compile when the schema and the model no longer say the same. */
export const inStep: Same<Loose<Written>, Loose<Observation>> = true;

/** The JSON Schema of one line. */
export function recordingJsonSchema() {
  return {
    ...z.toJSONSchema(observationSchema, { io: 'input' }),
    title: 'kha-lab recording, one line',
    description:
      'A recording is NDJSON: each line is one observation of one of these kinds, the first of kind run.',
  };
}
