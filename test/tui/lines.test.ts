// Texts: cut and wrapped to width whatever they hold, Markdown in little, words for numbers, one line for each change.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { toAscii } from '../../src/tui/ascii.ts';
import { cutText, harmless, lineWidth, span, textOf, widthOf } from '../../src/tui/line.ts';
import { announce } from '../../src/tui/linear.ts';
import { LogBook } from '../../src/tui/logbook.ts';
import { markdownLines } from '../../src/tui/markdown.ts';
import { themeFor } from '../../src/tui/theme.ts';
import {
  ageWords,
  countWords,
  elapsedWords,
  errorWords,
  minuteClock,
  offsetWords,
} from '../../src/tui/wording.ts';
import { wrapLine } from '../../src/tui/wrap.ts';
import { handover } from './stream.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 }).map(harmless);

test('a cut text is never wider than asked, and whole when it fits', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, width) => {
      const cut = cutText(text, width);
      expect(widthOf(cut)).toBeLessThanOrEqual(width);
      if (widthOf(text) <= width) expect(cut).toBe(text);
    }),
  );
});

test('wrapped lines fit, and lose no word', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 8, max: 40 }), (text, width) => {
      const lines = wrapLine([span(text)], width, '  ');
      for (const each of lines) expect(lineWidth(each)).toBeLessThanOrEqual(width);
      expect(lines.map(textOf).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

test('nothing a terminal would obey comes through, and ASCII keeps widths', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(harmless(text)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
  const symbols = '★○✗✓●◆‖▸▶•·…±≥−×↑↓━┄─│▁▂▃▄▅▆▇█▀';
  expect(toAscii(symbols)).toMatch(/^[\x20-\x7e]+$/);
  expect(widthOf(toAscii(symbols))).toBe(widthOf(symbols));
});

test('the Markdown of steps: paragraphs, lists, code, strong, blocks', () => {
  const text =
    'First **strong** and `code`,\nsame paragraph.\n\n- one\n- two words\n\n```\nkubectl  get nodes\n```';
  expect(markdownLines(text, 24).map(textOf)).toEqual([
    ...['First strong and code,', 'same paragraph.', '', '• one', '• two words', '', '  kubectl  get nodes'],
  ]);
  const tones = markdownLines('a **b** `c` *d* 2*3*4', 40)[0]?.filter(({ tone }) => tone !== 'plain');
  expect(tones).toEqual([span('b', 'strong'), span('c', 'code'), span('d', 'strong')]);
});

test('numbers as people read them', () => {
  expect([ageWords(1312), ageWords(42_900), ageWords(125_000), ageWords(-5)]).toEqual([
    '1.3 s',
    '42 s',
    '2 min 05 s',
    '0.0 s',
  ]);
  expect([offsetWords(0.4, 0.1), offsetWords(-1.2, 0.1), offsetWords(-2500, 1)]).toEqual([
    ...['+0.4 ±0.1 ms', '−1.2 ±0.1 ms', '−2.50 ±0.00 s'],
  ]);
  expect([elapsedWords(761_000), elapsedWords(3_723_000), countWords(1234567)]).toEqual([
    '12:41',
    '1:02:03',
    '1,234,567',
  ]);
  expect([errorWords(1.74), errorWords(0.4), errorWords(200), errorWords(1210)]).toEqual([
    ...['± 1.8 ms', '± 0.4 ms', '± 200 ms', '± 1.3 s'],
  ]);
  expect(minuteClock(Date.parse('2026-11-22T19:50:25.508Z'))).toBe('50:25.508');
});

test('a log book keeps the newest lines and counts what fell out; a copy stands still', () => {
  const book = new LogBook({ capacity: 10 });
  for (let index = 0; index < 25; index += 1) book.add({ atMs: index, text: `line ${index}`, event: null });
  expect([book.total, book.dropped]).toEqual([25, 15]);
  const odd = ({ text }: { text: string }) => Number(text.slice(5)) % 2 === 1;
  expect(book.tail(3, odd).map(({ text }) => text)).toEqual(['line 19', 'line 21', 'line 23']);
  expect(book.head(2, odd).map(({ text }) => text)).toEqual(['line 15', 'line 17']);
  const copy = book.copy();
  book.add({ atMs: 25, text: 'line 25', event: null });
  expect(copy.at(15)?.text).toBe('line 15');
  expect(book.at(15)).toBeUndefined();
});

test('NO_COLOR takes colours away and leaves symbols; a choice wins over it', () => {
  expect(themeFor({ env: { NO_COLOR: '1', LANG: 'C.UTF-8' } }).looks.leader).not.toHaveProperty('color');
  expect(themeFor({ env: { NO_COLOR: '1' }, color: true }).looks.leader).toHaveProperty('color');
  expect(themeFor({ env: {}, color: false }).looks.bad).not.toHaveProperty('color');
  expect(themeFor({ env: { COLORFGBG: '0;15' } }).looks.warn.color).toBe('magenta');
});

test('a handover in plain lines: each change once, nothing that only repeats itself', () => {
  let scene = emptyScene;
  const said: string[] = [];
  for (const observation of handover()) {
    const words = announce(scene, observation);
    scene = seeScene(scene, observation);
    if (words !== null) said.push(words);
  }
  expect(said.join('\n')).toMatchInlineSnapshot(`
    "   0.000 s  lab on kha-lab.yaml: kuberm, kuberm2
       0.001 s  step: stop
       0.020 s  kuberm: connected, 3.0 ms away
       0.021 s  kuberm2: connected, 4.0 ms away
       0.030 s  kuberm: clock +0.4 ±0.1 ms against ours
       0.031 s  kuberm2: clock −1.2 ±0.1 ms against ours
       0.040 s  kuberm: API server ready
       0.041 s  kuberm2: API server ready
       0.050 s  kuberm: kube-scheduler is active, pid 4242
       0.051 s  kuberm: kube-controller-manager is active, pid 4243
       0.051 s  kuberm2: kube-scheduler is active, pid 4242
       0.052 s  kuberm2: kube-controller-manager is active, pid 4243
       0.060 s  lock kube-system/kube-controller-manager held by kuberm
       0.061 s  lock kube-system/kube-scheduler held by kuberm
       0.500 s  passed: kuberm leads
       0.510 s  passed: kuberm2 stands by
      20.000 s  guess: about 10 s
      37.000 s  round 1 begins: stop kube-scheduler on kuberm
      37.010 s  kuberm: to run: sudo -n systemctl stop kube-scheduler
      37.100 s  kuberm: way back armed: kube-scheduler returns within 1 min 00 s
      39.542 s  kuberm: stop of kube-scheduler issued
      39.554 s  kuberm: kube-scheduler ends: asked to stop
      39.577 s  kuberm: stop of kube-scheduler has taken effect
      39.578 s  kuberm: ran: sudo -n systemctl stop kube-scheduler
      39.582 s  kuberm: kube-scheduler is inactive
      39.583 s  passed: scheduler stopped
      55.877 s  kuberm2: kube-scheduler took the lock
      55.880 s  lock kube-system/kube-scheduler held by kuberm2
      55.927 s  passed: handover timed
      97.100 s  kuberm: stop of kube-scheduler ends
      97.400 s  kuberm: kube-scheduler is active, pid 5151
      97.500 s  kuberm: kube-scheduler is put back
      97.600 s  kuberm: way back disarmed
     105.000 s  the run is over, exit 0"
  `);
});
