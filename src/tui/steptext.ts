// The step's words: what happened when something has, then the text, then opened hints.
import type { Draw } from './draw.ts';
import { type Line, line, span } from './line.ts';
import { markdownLines } from './markdown.ts';
import { texts } from './words/words.ts';

/** All lines of the text at this width; the pane shows a part of them. */
export function stepTextLines(
  draw: Pick<Draw, 'step' | 'explanation' | 'view'>,
  width: number,
): readonly Line[] {
  const { step, explanation, view } = draw;
  if (!step) return [];
  const said = texts().step;
  const lines: Line[] = [];
  // After a fault what happened matters more than what was to come.
  const first = step.actions.some(({ isFault }) => isFault);
  if (explanation !== null && first)
    lines.push(...markdownLines(`**${said.happened}** ${explanation}`, width), []);
  lines.push(...markdownLines(step.text, width));
  if (explanation !== null && !first)
    lines.push([], ...markdownLines(`**${said.seen}** ${explanation}`, width));
  const opened = view.hints[step.id] ?? 0;
  for (const [index, hint] of step.hints.slice(0, opened).entries()) {
    const count = step.hints.length > 1 ? ` ${said.of(index + 1, step.hints.length)}` : '';
    lines.push([], line(span(`${said.hint}${count}`, 'accent')), ...markdownLines(hint, width));
  }
  return lines;
}

/** The line over what was seen, where that stands under the text; else the text's beginning. */
export function seenFrom({ step, explanation }: Pick<Draw, 'step' | 'explanation'>, width: number): number {
  const under = step && explanation !== null && !step.actions.some(({ isFault }) => isFault);
  return under ? markdownLines(step.text, width).length : 0;
}

/** The part of the text that is shown from `top` on, with marks where more stands above or below. */
export function windowed(lines: readonly Line[], top: number, height: number): readonly Line[] {
  if (lines.length <= height) return lines;
  const first = Math.min(Math.max(0, top), lines.length - height);
  const shown = lines.slice(first, first + height);
  const above = first;
  const below = lines.length - first - height;
  // A single row is the text's own; the mark stands at its end.
  if (height === 1) return shown.map((each) => [...each, span(below > 0 ? ' ↓' : ' ↑', 'dim')]);
  return shown.map((each, index) => {
    if (index === 0 && above > 0) return line(span(`↑ ${texts().step.more(above + 1)}`, 'dim'));
    if (index === height - 1 && below > 0) return line(span(`↓ ${texts().step.more(below + 1)}`, 'dim'));
    return each;
  });
}
