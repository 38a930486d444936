// Results of rounds: the contract's JSON, verdicts, statistics, sentences.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FailoverContext, failoverJson } from '../../src/model/failoverJson.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import {
  errorInWords,
  lengthInWords,
  roundSentences,
  summarySentence,
  summarySentences,
} from '../../src/model/sentences.ts';
import { summarise } from '../../src/model/statistics.ts';
import {
  acquired,
  clock,
  fault,
  lockSeen,
  looked,
  madeAndDone,
  observations,
  onlyRound,
  record,
  renewed,
  round,
  run,
  type Told,
} from './roundstream.ts';

const before: readonly Told[] = [
  run('kuberm', 'kuberm2'),
  clock('kuberm', 100, 0.4),
  lockSeen(200, 5, record('kuberm_u')),
  round('begun', 15_000),
  renewed('kuberm', 20_000),
  ...madeAndDone(20_590, 20_600),
  ...madeAndDone(20_790, 37_500),
  fault('issued', 20_700.29),
  fault('effective', 20_780),
];
const handedOver: readonly Told[] = [...before, looked('kuberm2', 21_500), acquired('kuberm2', 37_300)];
const back: readonly Told[] = [fault('ended', 45_000), fault('restored', 45_500), round('ended', 46_000)];

const context: FailoverContext = {
  component: 'kube-scheduler',
  fault: 'stop',
  recording: 'run.kha',
  predicted: () => ({ minMs: 13_000, p50Ms: 17_320, p95Ms: 20_080, maxMs: 23_800 }),
  maxHandoverMs: null,
  restored: true,
  steady: true,
};
const sceneOf = (told: readonly Told[]) => observations(told).reduce(seeScene, emptyScene);
const json = (told: readonly Told[], more: Partial<FailoverContext> = {}) =>
  failoverJson(sceneOf(told), { ...context, ...more });
const verdict = (told: readonly Told[], more: Partial<FailoverContext> = {}) => json(told, more).rounds[0];

describe('failover --json', () => {
  it('is the contract to the letter', () => {
    expect(JSON.parse(JSON.stringify(json([...handedOver, ...back])))).toEqual({
      version: 1,
      tool: 'kha-lab 0.1.0',
      target: 'kha-lab.yaml',
      recording: 'run.kha',
      component: 'kube-scheduler',
      fault: 'stop',
      lock: { kind: 'Lease', namespace: 'kube-system', name: 'kube-scheduler', leaseDurationSeconds: 15 },
      masters: [
        { name: 'kuberm', clockOffsetMs: 0.4, clockErrorMs: 0.2 },
        { name: 'kuberm2', clockOffsetMs: null, clockErrorMs: null },
      ],
      rounds: [
        {
          round: 1,
          from: 'kuberm',
          to: 'kuberm2',
          verdict: 'passed',
          handoverMs: 16_599.71,
          handoverErrorMs: 0.4,
          outageMs: 16_900,
          outageErrorMs: 185.2,
          twoLeadersMs: 0,
          predictedMs: { min: 13_000, p50: 17_320, p95: 20_080, max: 23_800 },
          marks: [
            {
              name: 'lastRenew',
              at: '2026-11-22T20:00:20.000000Z',
              atMs: -700.29,
              errorMs: 0.2,
              host: 'kuberm',
              witness: 'log line',
            },
            {
              name: 'faultIssued',
              at: '2026-11-22T20:00:20.700290Z',
              atMs: 0,
              errorMs: 0.2,
              host: 'kuberm',
              witness: 'fault command',
            },
            {
              name: 'instanceGone',
              at: '2026-11-22T20:00:20.740145Z',
              atMs: 39.855,
              errorMs: 40.055,
              host: 'kuberm',
              witness: 'fault command',
            },
            {
              name: 'leaseExpired',
              at: '2026-11-22T20:00:36.500000Z',
              atMs: 15_799.71,
              errorMs: 0.2,
              host: 'kuberm2',
              witness: 'rules',
            },
            {
              name: 'acquired',
              at: '2026-11-22T20:00:37.300000Z',
              atMs: 16_599.71,
              errorMs: 0.2,
              host: 'kuberm2',
              witness: 'log line',
            },
            {
              name: 'firstWork',
              at: '2026-11-22T20:00:37.500000Z',
              atMs: 16_799.71,
              errorMs: 5,
              host: 'kuberm2',
              witness: 'canary pod',
            },
            {
              name: 'faultEnded',
              at: '2026-11-22T20:00:45.000000Z',
              atMs: 24_299.71,
              errorMs: 0.2,
              host: 'kuberm',
              witness: 'way back',
            },
            {
              name: 'restored',
              at: '2026-11-22T20:00:45.500000Z',
              atMs: 24_799.71,
              errorMs: 0.2,
              host: 'kuberm',
              witness: 'way back',
            },
          ],
          witnesses: [
            {
              bounds: 'at',
              at: '2026-11-22T20:00:37.300000Z',
              atMs: 16_599.71,
              errorMs: 0.2,
              host: 'kuberm2',
              witness: 'log line',
            },
          ],
        },
      ],
      summary: {
        n: 1,
        medianMs: 16_599.71,
        minMs: 16_599.71,
        maxMs: 16_599.71,
        valuesMs: [16_599.71],
        medianInterval: null,
      },
      restored: true,
      steady: true,
    });
  });

  it('leaves out what was not seen', () => {
    const seen = json(before);
    expect(seen.rounds[0]).toMatchObject({
      to: null,
      handoverMs: null,
      handoverErrorMs: null,
      outageMs: null,
      outageErrorMs: null,
      twoLeadersMs: null,
    });
    expect(seen.summary).toEqual({
      n: 0,
      medianMs: null,
      minMs: null,
      maxMs: null,
      valuesMs: [],
      medianInterval: null,
    });
    expect(json([], { predicted: () => null })).toMatchObject({ lock: null, masters: [], rounds: [] });
  });

  it('flags a round that the rules do not allow, beyond error bars and the time of requests', () => {
    expect(verdict(handedOver)).not.toHaveProperty('outsideRules');
    const released = { predicted: () => ({ minMs: 0, p50Ms: 1601, p95Ms: 3524, maxMs: 4400 }) };
    expect(verdict(handedOver, released)).toMatchObject({
      verdict: 'passed',
      outsideRules: true,
      remarks: [
        'A handover of 16.60 s ± 0.4 ms is outside what the rules allow (0 ms to 4.40 s): either the rules or the cluster are not what we think.',
      ],
    });
    const sooner = { predicted: () => ({ minMs: 58_000, p50Ms: 62_298, p95Ms: 65_059, maxMs: 68_800 }) };
    expect(verdict(handedOver, sooner)).toMatchObject({ outsideRules: true });
    const nearly = { predicted: () => ({ minMs: 16_700, p50Ms: 17_000, p95Ms: 18_000, maxMs: 19_000 }) };
    expect(verdict(handedOver, nearly)).not.toHaveProperty('outsideRules');
    expect(verdict(before, released)).not.toHaveProperty('outsideRules');
  });

  it('holds five rounds or more against the rules', () => {
    const rounds = (n: number) =>
      Array.from({ length: n }, (_, index) => {
        const shifted = (one: Told): Told => ({
          ...one,
          atMs: one.atMs + index * 60_000,
          seen: 'round' in one.seen ? { ...one.seen, round: index + 1 } : one.seen,
        });
        return [...handedOver.slice(3), ...back].map(shifted);
      }).flat();
    const predicted = (fromMs: number) => () => ({
      minMs: fromMs,
      p50Ms: fromMs + 5000,
      p95Ms: fromMs + 9500,
      maxMs: fromMs + 10_000,
      quantile: (q: number) => fromMs + 10_000 * q,
    });
    const told = (n: number) => [...handedOver.slice(0, 3), ...rounds(n)];
    expect(json(told(4), { predicted: predicted(13_000) }).summary).not.toHaveProperty('agreement');
    expect(json(told(5), { predicted: predicted(13_000) }).summary).toMatchObject({
      n: 5,
      medianInterval: { coverage: 0.9375 },
      agreement: { n: 5, rejected: false, distance: expect.closeTo(0.64, 3) },
    });
    expect(json(told(9), { predicted: predicted(40_000) }).summary.agreement).toMatchObject({
      distance: 1,
      rejected: true,
    });
    expect(json(told(9)).summary).not.toHaveProperty('agreement');
  });

  it('judges against the limit, and says when it cannot', () => {
    expect(verdict(handedOver, { maxHandoverMs: 20_000 })).toMatchObject({ verdict: 'passed' });
    expect(verdict(handedOver)).not.toHaveProperty('why');
    const failed = verdict(handedOver, { maxHandoverMs: 10_000 });
    expect(failed).toMatchObject({
      verdict: 'failed',
      why: 'The handover took 16.60 s ± 0.4 ms, more than the 10.00 s allowed.',
    });
    expect(verdict(handedOver, { maxHandoverMs: 16_599.9 })).toMatchObject({ verdict: 'inconclusive' });
    expect(verdict([...before, ...back])).toMatchObject({
      verdict: 'failed',
      why: expect.stringContaining('23.80 s at most'),
    });
    expect(verdict([...before, ...back], { predicted: () => null })).toMatchObject({
      verdict: 'inconclusive',
    });
    expect(verdict([...before, fault('ended', 30_000)])).toMatchObject({ verdict: 'inconclusive' });
    expect(verdict(before.slice(0, 5))).toMatchObject({
      verdict: 'inconclusive',
      why: 'No fault was issued.',
    });
    const apart = lockSeen(30_000, 6, record('kuberm2_u', { acquireTime: '2026-11-22T20:00:29.990Z' }));
    expect(verdict([...handedOver, clock('kuberm2', 100, 0), apart])).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('further apart'),
    });
  });
});

describe('sentences', () => {
  it('tell the result and why', () => {
    expect(roundSentences(onlyRound(handedOver))).toEqual([
      'kuberm2 took the lock 16.60 s ± 0.4 ms after kube-scheduler was stopped on kuberm.',
      "That is because kuberm2 first looked 1.50 s after kuberm's last renewal, had to let its lease of 15 s run out from there, and looked again 800 ms after that.",
      'No pod was scheduled for 16.90 s ± 186 ms.',
      'At no time did two act as leader.',
    ]);
  });

  it('tell what was not seen, too', () => {
    expect(roundSentences(onlyRound(before))).toEqual([
      'Nobody else was seen taking the lock after kube-scheduler was stopped on kuberm.',
    ]);
    const released = lockSeen(20_750, 6, record('', { renewTime: '2026-11-22T20:00:20.730Z' }));
    const told = [
      run('kuberm', 'kuberm2'),
      clock('kuberm', 1, 0),
      ...before.slice(2),
      released,
      acquired('kuberm2', 22_000),
    ];
    expect(roundSentences(onlyRound(told))[1]).toMatch(
      /^kuberm gave the lock back on its way out, and kuberm2 found it free 1\.2\d s later\.$/,
    );
  });

  it('never let an error read smaller than it is', () => {
    expect([0.2, 0.41, 9.95, 10.2, 999.5, 8170].map(errorInWords)).toEqual([
      '0.2 ms',
      '0.5 ms',
      '10.0 ms',
      '11 ms',
      '1000 ms',
      '8.17 s',
    ]);
    expect([12.4, 999, 1000, 16_334.6].map(lengthInWords)).toEqual(['12 ms', '999 ms', '1.00 s', '16.33 s']);
  });

  it('sum up', () => {
    expect(summarySentence(summarise([16_330, 16_730, 15_400]))).toBe(
      '3 handovers: median 16.33 s, from 15.40 s to 16.73 s.',
    );
    expect(
      summarySentences(summarise([16.33, 16.73, 16.35, 15.4, 17.89, 20.75].map((s) => s * 1000))),
    ).toEqual([
      '6 handovers: median 16.54 s, from 15.40 s to 20.75 s.',
      'With 96.8 % certainty the true median lies between 15.40 s and 20.75 s.',
    ]);
    const hundred = summarise(Array.from({ length: 100 }, (_, index) => 10_000 + 10 * index));
    expect(summarySentences(hundred).slice(2)).toEqual([
      '95 % took 10.94 s or less.',
      '99 % took 10.98 s or less.',
    ]);
    expect([summarySentence(summarise([])), summarySentence(summarise([900]))]).toEqual([
      'No handover was seen.',
      'One handover: 900 ms.',
    ]);
  });
});

describe('statistics', () => {
  it('of measured handovers', () => {
    expect(summarise([16.33, 16.73, 16.35, 15.4, 17.89, 20.75])).toMatchObject({
      n: 6,
      medianMs: (16.35 + 16.73) / 2,
      minMs: 15.4,
      maxMs: 20.75,
    });
  });

  it('have as many values on either side of the median, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const { medianMs, minMs, maxMs, n } = summarise(values);
        const median = medianMs ?? Number.NaN;
        expect(values.filter((value) => value < median).length).toBeLessThanOrEqual(n / 2);
        expect(values.filter((value) => value > median).length).toBeLessThanOrEqual(n / 2);
        expect([minMs, maxMs]).toEqual([Math.min(...values), Math.max(...values)]);
      }),
    );
  });
});
