// The last lines: what went wrong, what was just said, and the keys that work now.
import type { Draw } from './draw.ts';
import { footerKeys, labelOf } from './keys.ts';
import { cutLine, harmless, joinFitting, type Line, line, lineWidth, span } from './line.ts';
import { problemShown } from './problemshown.ts';
import { texts } from './words/words.ts';
import { wrapText } from './wrap.ts';

/** Keys valid now, the most wanted first, always with help and the way out. */
export function footerLine({ situation, view }: Draw, width: number): Line {
  const { footer } = texts();
  if (view.typing !== null) {
    const word = view.panel === 'help' ? footer.find : footer.filter;
    const field = line(` ${word} /`, span(harmless(view.typing), 'strong'), span('█', 'accent'));
    return [...field, ...line(span(`   ${footer.typing}`, 'dim'))];
  }
  if (view.leaving) return line(' ', span('ctrl+c', 'accent'), ` ${footer.stopWaiting}`);
  const cells = footerKeys(situation).map((key) =>
    line(span(key.shown, 'accent'), ` ${labelOf(key, situation)}`),
  );
  const last = cells.slice(-2);
  const tail = lineWidth(last.flat()) + 3 * last.length + 1;
  // What enter does is on the screen in any case, if not to its last word.
  const [most = [], ...others] = cells.slice(0, -2);
  const first = joinFitting([cutLine(most, width - tail), ...others], width - tail);
  const gap = first.length > 0 ? line('   ') : [];
  const pad = line(' ');
  const whole = [...pad, ...first, ...gap, ...joinFitting(last, width - lineWidth(first) - 4)];
  return whole;
}

/** The newest problem that was not put away, or what the last key did. */
export function noticeLines({ scene, view }: Draw, width: number): readonly Line[] {
  const problem = problemShown(scene, view);
  if (problem)
    return [
      ...wrapText(harmless(problem.message), width - 1, 'bad', ' ✗ ', '   '),
      ...wrapText(harmless(problem.tryThis), width - 1, 'plain', '   '),
    ];
  if (view.notice !== null) return wrapText(view.notice, width - 1, 'accent', ' ');
  return [];
}

/** As many of them as have room; where that is not all, the last says so. */
export function noticeWithin(draw: Draw, width: number, rows: number): readonly Line[] {
  const lines = noticeLines(draw, width);
  if (lines.length <= rows) return lines;
  return lines.slice(0, rows).map((each, index) => (index === rows - 1 ? [...each, span('…', 'dim')] : each));
}
