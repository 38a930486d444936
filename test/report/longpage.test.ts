// A report of ten thousand rounds is a page that a browser holds: bars for dots, tables folded, and nothing of it lost.
import { describe, expect, test } from 'vitest';
import { reportVerdict } from '../../src/model/reportverdict.ts';
import { groupsOf } from '../../src/model/roundgroups.ts';
import type { RunTold } from '../../src/model/runtold.ts';
import { reportPage } from '../../src/report/page.ts';
import { runTold } from '../model/runstream.ts';

/** One round told again and again, each a little later; every hundredth did not pass. */
function longRun(count: number): RunTold {
  const run = runTold({ handoversMs: [15_000] });
  const [first] = run.rounds;
  if (!first) throw new Error('a run has a round');
  const failed = { ...first.verdict, verdict: 'failed' } as typeof first.verdict;
  const rounds = Array.from({ length: count }, (_, at) => {
    const ms = 13_500 + (at % 1000) * 9;
    const handover = { ms, errorMs: 2 };
    const verdict = at % 100 === 99 ? failed : first.verdict;
    return { ...first, verdict, counted: handover, round: { ...first.round, round: at + 1, handover } };
  });
  return { ...run, rounds };
}

function pageOf(run: RunTold): string {
  const again = () => ({ replay: 'kha-lab replay run.ndjson', repeat: null });
  const runs = [run];
  return reportPage({ runs, groups: groupsOf(runs), verdict: reportVerdict(runs), tool: 'kha-lab 0', again });
}

describe('ten thousand rounds', () => {
  const page = pageOf(longRun(10_000));

  test('stand in tables of 250 rows, folded, with how many are to be looked at', () => {
    const [table = '', putBack = ''] = page.split('<h2>Put back</h2>');
    const pieces = (text: string) => [...text.matchAll(/<details class="piece"><summary>([^<]*)/g)];
    expect(pieces(table)).toHaveLength(40);
    expect(pieces(putBack)).toHaveLength(40);
    expect(pieces(table).at(-1)?.[1]).toBe('9751 to 10000 of 10000 ');
    expect(table.match(/class="failed">\(3 to look at\)/g)).toHaveLength(20);
    expect(table.match(/<td>10000<\/td>/g)).toHaveLength(1);
    expect(page.match(/<td class="failed">/g)).toHaveLength(100);
  });

  test('are bars and not dots, and stairs of few steps', () => {
    const strip = /<figure id="rounds-1">[\s\S]*?<\/figure>/.exec(page)?.[0] ?? '';
    expect(strip.match(/<path class="bars"/g)).toHaveLength(2);
    expect(strip).toContain('10000 rounds; the highest bar is');
    // What did not pass, in both widths.
    expect(strip.match(/<circle class="dot odd"/g)).toHaveLength(200);
    expect(strip.match(/<circle/g)).toHaveLength(200);
    const heights = [...strip.matchAll(/<svg class="chart \w+" viewBox="0 0 \d+ (\d+)/g)].map(([, high]) =>
      Number(high),
    );
    expect(Math.max(...heights)).toBeLessThan(400);
    const counts = [...strip.matchAll(/<td>[\d.]+ s to [\d.]+ s<\/td><td>(\d+)<\/td>/g)];
    expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(10_000);
    const shares = /<figure id="shares-1">[\s\S]*?<\/figure>/.exec(page)?.[0] ?? '';
    expect(shares.length).toBeLessThan(150_000);
  });

  test('make a page that can be sent', () => {
    expect(page.length).toBeLessThan(8e6);
  });
});

test('five hundred rounds are one open table', () => {
  const page = pageOf(longRun(500));
  expect(page).not.toContain('class="piece"');
  expect(page.match(/<circle class="dot/g)).toHaveLength(1000);
});
