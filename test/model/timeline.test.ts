import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import {
  acquired,
  fault,
  looked,
  mark,
  observations,
  onlyRound,
  renewed,
  round,
  roundsOf,
  run,
  stopLogs,
  stopSteps,
  type Told,
} from './roundstream.ts';

const logs = stopLogs;
const steps = stopSteps;
const stopped: readonly Told[] = [run('kuberm', 'kuberm2'), ...steps, ...logs];

describe('a stop without release', () => {
  it('gets its marks from the components themselves', () => {
    const found = onlyRound(stopped);
    expect(found.marks.map(({ name, atMs, host, witness }) => [name, atMs, host, witness])).toEqual([
      ['lastRenew', 20_000, 'kuberm', 'log line'],
      ['faultIssued', 20_700, 'kuberm', 'fault command'],
      ['instanceGone', 20_740, 'kuberm', 'fault command'],
      ['leaseExpired', 36_500, 'kuberm2', 'rules'],
      ['acquired', 37_300, 'kuberm2', 'log line'],
    ]);
    expect(found).toMatchObject({
      to: 'kuberm2',
      phase: 'handedOver',
      twoLeadersMs: 0,
      outage: null,
      returnsAtMs: 75_500,
    });
    expect(found.handover?.ms).toBe(16_600);
    expect(found.handover?.errorMs).toBeCloseTo(0.4, 9);
    expect(found.lastLooks).toEqual({ kuberm2: 34_900 });
    expect(mark(found, 'instanceGone')?.errorMs).toBeCloseTo(40.2, 9);
    expect(found.doubts).toBeUndefined();
  });

  it('shows what it knows while it goes on', () => {
    const until = (count: number) => onlyRound([run('kuberm', 'kuberm2'), ...steps.slice(0, count)]);
    expect([1, 2, 3].map((count) => until(count).phase)).toEqual(['begun', 'armed', 'faulted']);
    expect(until(4)).toMatchObject({ to: null, handover: null, outage: null, twoLeadersMs: null });
  });

  it('comes out the same in whatever order the lines arrive', () => {
    const wanted = onlyRound(stopped);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...logs, ...steps.slice(1)], { minLength: logs.length + 3 }),
        (told) => {
          expect(onlyRound([run('kuberm', 'kuberm2'), round('begun', 15_000), ...told])).toEqual(wanted);
        },
      ),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([...logs, ...steps], { minLength: logs.length + 4 }), (told) => {
        expect(onlyRound([run('kuberm', 'kuberm2'), ...told]).marks).toEqual(wanted.marks);
      }),
    );
  });

  it('is settled once it has ended, and its way back is marked before', () => {
    const back = [
      fault('ended', 40_000),
      fault('restored', 41_000),
      fault('disarmed', 41_200),
      round('ended', 42_000),
    ];
    const ended = onlyRound([...stopped, ...back, acquired('kuberm2', 30_000)]);
    expect(ended).toMatchObject({ phase: 'ended', returnsAtMs: null, handover: { ms: 16_600 } });
    expect([mark(ended, 'faultEnded')?.atMs, mark(ended, 'restored')?.witness]).toEqual([40_000, 'way back']);
  });

  it('is a part of the scene', () => {
    const scene = observations(stopped).reduce(seeScene, emptyScene);
    expect(scene.timeline.rounds).toEqual([onlyRound(stopped)]);
  });

  it('does not mix with the round before', () => {
    const back = [round('ended', 60_000), renewed('kuberm2', 79_000), looked('kuberm', 79_500)];
    const second = [
      round('begun', 78_000, { from: 'kuberm2', round: 2 }),
      { ...fault('issued', 80_000, { round: 2 }), host: 'kuberm2' },
      looked('kuberm', 82_000),
      acquired('kuberm', 97_000),
    ];
    const rounds = roundsOf([...stopped, ...back, ...second]);
    expect(rounds[0]?.handover?.ms).toBe(16_600);
    expect(rounds[1]).toMatchObject({ from: 'kuberm2', to: 'kuberm', handover: { ms: 17_000 } });
    expect(rounds[1]?.marks.map(({ name, atMs }) => [name, atMs])).toEqual([
      ['lastRenew', 79_000],
      ['faultIssued', 80_000],
      ['leaseExpired', 94_500],
      ['acquired', 97_000],
    ]);
  });
});
