// The frame drawn while Ink loads is the one that Ink then draws: nothing moves under a person's eyes.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { compose } from '../../src/tui/compose.ts';
import { firstPaint } from '../../src/tui/firstpaint.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { mounted } from './mounted.ts';
import { stopAtMs } from './stream.ts';
import { subjectAt } from './subject.ts';

const theme = themeFor({ env: { LANG: 'C.UTF-8' } });

test.each([
  [80, 24],
  [120, 40],
])('before anything is known, at %d x %d', async (columns, rows) => {
  const wish = { atMs: 0, observations: [], plan: null, columns, rows };
  const screens = mounted(wish);
  const drawn = (await screens.screen()).trimEnd().split('\n');
  screens.unmount();
  const painted = firstPaint(compose(subjectAt(wish)), theme) ?? '';
  const lines = painted.split('\n').map((one) => stripVTControlCharacters(one).trimEnd());
  expect(lines).toEqual(drawn.map((one) => one.trimEnd()));
  expect(painted).toContain('\x1b[');
});

test('a body that has something to show is left to Ink', () => {
  expect(firstPaint(compose(subjectAt({ atMs: stopAtMs, columns: 80, rows: 24 })), theme)).toBeNull();
});
