// A comparison as a page and as a picture: both sides over the rules, how many were over by when, the interval of the effect.
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { effectsOf } from '../../src/model/effect.ts';
import { compareVerdict } from '../../src/model/effectverdict.ts';
import { sidesOf } from '../../src/model/runsides.ts';
import type { RunTold } from '../../src/model/runtold.ts';
import { type ComparedFacts, comparePage, comparePicture } from '../../src/report/comparepage.ts';
import { terms } from '../model/roundstream.ts';
import { runTold } from '../model/runstream.ts';

const spread = (fromMs: number, n: number) => Array.from({ length: n }, (_, at) => fromMs + 250 * at);
const again = (run: RunTold) => ({ replay: `kha-lab replay ${run.file}`, repeat: 'kha-lab failover' });

function factsOf(before: readonly RunTold[], after: readonly RunTold[]): ComparedFacts {
  const sides = sidesOf(before, after);
  const effects = effectsOf(sides, 1);
  const verdict = compareVerdict(effects, null);
  return { verdict, before, after, effects, leftOut: sides.leftOut, tool: 'kha-lab 0.1.0', again };
}

const slow = { terms: { ...terms, leaseDurationMs: 18_000 } };
const facts = factsOf(
  [
    runTold({ handoversMs: spread(14_000, 12) }, 'old.ndjson'),
    runTold({ handoversMs: [15_000], fault: 'kill' }),
  ],
  [runTold({ handoversMs: spread(17_000, 8), ...slow }, 'new/a.ndjson')],
);

/** Where a path of one style begins and ends, in the picture's own units. */
const intervals = (svg: string) =>
  [...svg.matchAll(/class="interval" d="M([\d.-]+) [^H]*H([\d.-]+)/g)].map(([, from, to]) => [
    Number(from),
    Number(to),
  ]);

describe('the picture', () => {
  const svg = comparePicture(facts) ?? '';

  test('is one well-formed file with all parts under their titles', () => {
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
    for (const part of [
      '>What the change came to<',
      '>Before and after: kube-scheduler, stop<',
      '>How many were over by when: kube-scheduler, stop<',
      '>before: 12 handovers, median 15.38 s<',
      '>after: 8 handovers, median 17.88 s<',
      '>kube-scheduler, stop: 2.50 s later, slower<',
    ])
      expect(svg).toContain(part);
    expect(svg.match(/<circle class="dot/g)).toHaveLength(20);
  });

  test('draws each side over the band of its own rules', () => {
    expect(svg.match(/class="band"/g)).toHaveLength(2);
    // 15 s of lease and 18 s.
    expect([...svg.matchAll(/>half by ([\d.]+) s</g)].map(([, s]) => Number(s))).toEqual([
      expect.closeTo(17.3, 0),
      expect.closeTo(20.3, 0),
    ]);
  });

  test('draws the interval of the effect right of no difference, and its median on it', () => {
    const [[low = 0, high = 0] = []] = intervals(svg);
    const [, zero] = /class="zero" d="M([\d.]+)/.exec(svg) ?? [];
    expect(low).toBeGreaterThan(Number(zero));
    expect(high).toBeGreaterThan(low);
  });

  test('has stairs for both sides, told apart by more than colour', () => {
    expect(svg.match(/class="steps before"/g)).toHaveLength(2);
    expect(svg.match(/class="steps after"/g)).toHaveLength(2);
    expect(svg).toMatch(/\.steps\.before\{[^}]*stroke-dasharray/);
  });
});

test('is no picture where nothing was measured on both sides, and without stairs where rounds are few', () => {
  const kill = runTold({ handoversMs: [15_000], fault: 'kill' });
  expect(comparePicture(factsOf([runTold({ handoversMs: spread(14_000, 6) })], [kill]))).toBeNull();
  const few = comparePicture(factsOf([kill], [runTold({ handoversMs: [16_000, 17_000], fault: 'kill' })]));
  expect(few).toContain('Before and after: kube-scheduler, kill');
  expect(few).not.toContain('How many were over by when');
});

test('the page says in words what the pictures show, what it leaves out, and which recordings stand where', () => {
  const page = comparePage(facts);
  for (const part of [
    'kha-lab compare: passed: kube-scheduler, stop is slower.',
    'Before: 2 recordings of ',
    'kube-scheduler, kill was measured only before: it is left out.',
    'In the median the lock was taken 2.50 s later, 16 % slower.',
    'Timing before: lease 15 s',
    '<td>before</td><td>old.ndjson</td>',
    '<td>after</td><td>new/a.ndjson</td>',
    'kha-lab replay new/a.ndjson',
    'id="differences"',
    'id="sides-1"',
    'id="side-shares-1"',
  ])
    expect(page).toContain(part);
  expect(page).not.toMatch(/ (?:src|href|style|on[a-z]+)=|https?:\/\/|wasm/);
});
