// Reports in the terminal: within their width, with and without Unicode, one recording and a class of them.
import { expect, test } from 'vitest';
import { groupsOf } from '../../src/model/roundgroups.ts';
import type { RunTold } from '../../src/model/runtold.ts';
import { printed } from '../../src/tui/print.ts';
import { reportLines } from '../../src/tui/report/page.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { runTold } from '../model/runstream.ts';

const again = (run: RunTold) => ({ replay: `kha-lab replay ${run.file}`, repeat: 'kha-lab failover' });
const unicode = { LANG: 'C.UTF-8' };

function told(runs: readonly RunTold[], { width = 79, env = unicode as Record<string, string> } = {}) {
  const lines = reportLines({ runs, groups: groupsOf(runs), again, width });
  return printed(lines, themeFor({ env }), { bare: true });
}

const many = { handoversMs: [16_300, 14_800, 19_200, 17_000, 17_010, 15_400] };

test('one recording: verdict, picture, rounds with phases, environment, way back, how to see it again', () => {
  const page = told([runTold(many)]);
  expect(page).toMatch(/^PASSED All 6 rounds passed\.$/m);
  expect(page).toMatch(/^kube-scheduler, stop, lock in Lease$/m);
  expect(page).toMatch(/6 handovers: median 16\.65 s, from 14\.80 s to 19\.20 s\./);
  expect(page).toMatch(/They agree with the rules/);
  expect(page.match(/●/g)?.length).toBe(4);
  // Two of them fall on one column.
  expect(page).toMatch(/┄2┄/);
  expect(page).toMatch(/▆▇+█/);
  expect(page).toMatch(/^ +1 kuberm {2}kuberm2 +0\.04 s +15\.90 s +16\.30 s ± 0\.4 ms +- +✓ passed$/m);
  expect(page).toMatch(/clock \+0\.4 ±0\.2 ms against ours; API server v1\.20\.2/);
  expect(page).toMatch(/✓ Every unit was put back as found, steady again after each round\./);
  expect(page).toMatch(/kha-lab replay run\.ndjson/);
});

test('a class: a row for each recording under one band', () => {
  const page = told([runTold(many, 'x/anna.ndjson'), runTold({ handoversMs: [16_000] }, 'x/bert.ndjson')]);
  expect(page).toMatch(/^ {2}anna {4}6 +16\.65 s {2}┄/m);
  expect(page).toMatch(/^ {2}bert {4}1 +16\.00 s {2}┄/m);
});

test('what went wrong is said under the table', () => {
  const page = told([runTold({ handoversMs: [16_000, null], left: true })]);
  expect(page).toMatch(/^FAILED/);
  expect(page).toMatch(/✗ failed/);
  expect(page).toMatch(/Round 2: Nobody took the lock in 30\.50 s/);
  expect(page).toMatch(/Round 2: kube-scheduler\.service on kuberm was active and is inactive\./);
  expect(page).toMatch(/✗ Not everything was put back\./);
});

test('no line is wider than asked, nor in ASCII anything but ASCII', () => {
  const runs = [
    runTold({ ...many, fault: 'etcd' }, `${'long-name-'.repeat(9)}.ndjson`),
    runTold({ handoversMs: [], exit: null }),
    runTold({ handoversMs: Array.from({ length: 90 }, (_, at) => 14_000 + 80 * at) }),
  ];
  for (const width of [60, 79, 120])
    for (const row of told(runs, { width }).split('\n'))
      if (!/long-name/.test(row)) expect(row.length, row).toBeLessThanOrEqual(width);
  expect(told(runs)).toMatch(/and 30 more, all in --json/);
  expect(told(runs, { env: { LANG: 'C' } })).toMatch(/^[\x20-\x7e\n]*$/);
});

test('nothing to judge is said, not drawn', () => {
  const page = told([runTold({ handoversMs: [] })]);
  expect(page).toMatch(/^INCONCLUSIVE No round was recorded/);
  expect(page).toMatch(/does not say whether all was put back/);
});
