// A recording of any length, made of one of real handovers told again and again, each time later.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Observation } from '../../src/model/observation.ts';

export interface LongRunWish {
  readonly fixture: string;
  readonly times: number;
  /** What of it is told; all when left out. */
  readonly kept?: (one: Observation) => boolean;
}

/** Text of a recording, in parts: its run, the rest so many times, its end. */
export function* longRun({ fixture, times, kept = () => true }: LongRunWish): Generator<string> {
  const lines = gunzipSync(readFileSync(fixture)).toString('utf8').trimEnd().split('\n');
  const [begun, ...rest] = lines.map((line) => JSON.parse(line) as Observation);
  const body = rest.filter((one) => one.kind !== 'end' && kept(one));
  const end = rest.filter(({ kind }) => kind === 'end');
  const lengthMs = Math.max(...rest.map(({ atMs }) => atMs));
  const rounds = body.filter((one) => one.kind === 'round' && one.phase === 'begun').length;
  yield textOf(begun === undefined ? [] : [begun]);
  for (let time = 0; time < times; time += 1) {
    const by = { ms: lengthMs * time, seq: rest.length * time, rounds: rounds * time };
    yield textOf((time === times - 1 ? [...body, ...end] : body).map((one) => later(one, by)));
  }
}

function textOf(all: readonly Observation[]): string {
  return all.map((one) => `${JSON.stringify(one)}\n`).join('');
}

function later(one: Observation, by: { ms: number; seq: number; rounds: number }): Observation {
  const shifted = { ...one, atMs: one.atMs + by.ms, seq: one.seq + by.seq };
  if (shifted.kind === 'log')
    return {
      ...shifted,
      arrivedMs: shifted.arrivedMs + by.ms,
      writtenMs: shifted.writtenMs === null ? null : shifted.writtenMs + by.ms,
    };
  if (shifted.kind === 'round' || shifted.kind === 'fault')
    return { ...shifted, round: shifted.round + by.rounds };
  if (shifted.kind === 'lock')
    return { ...shifted, resourceVersion: String(Number(shifted.resourceVersion) + by.seq * 10) };
  return shifted;
}
