// The panels that are lists: commands so far, and steps.
import { answerOf, commandStops, pageLines } from './commandlist.ts';
import type { Draw } from './draw.ts';
import { harmless, type Line, line, span } from './line.ts';
import { minuteClock } from './wording.ts';
import { texts } from './words/words.ts';
import { wrapText } from './wrap.ts';

/** The lines of a panel, and which of them the cursor is on; `most` is the furthest the cursor may go. */
export interface PanelLines {
  readonly lines: readonly Line[];
  readonly at: number;
  /** The last line that belongs to the cursor's. */
  readonly until?: number;
  readonly most: number;
}

export function commandPanel({ scene, step, view, startedMs }: Draw, width: number): PanelLines {
  const said = texts().commands;
  const stops = commandStops(scene, step);
  const most = Math.max(0, stops.length - 1);
  const chosen = stops[Math.min(view.cursor, most)];
  const lines: Line[] = [];
  let at = 0;
  let until = 0;
  for (const { command, page } of stops) {
    if (page > 0) continue;
    const here = command === chosen?.command;
    if (here) at = lines.length;
    const place = command.host === null ? texts().step.here : texts().step.on(command.host);
    const ended =
      command.phase === 'shown' ? said.notRun : command.code === 0 ? '✓' : `✗ ${said.exit(command.code)}`;
    const took = command.tookMs === null ? '' : `  ${Math.round(command.tookMs)} ms`;
    const when = Number.isNaN(command.atMs) ? '' : `${minuteClock(startedMs + command.atMs)} `;
    lines.push(
      line(
        here ? span('▸ ', 'accent') : '  ',
        span(`${when}${place}  ${ended}${took}  `, 'dim'),
        harmless(command.why),
      ),
    );
    lines.push(...wrapText(harmless(command.text), width - 1, here ? 'selected' : 'code', '    '));
    if (here) lines.push(...pageOf(answerOf(command), chosen.page));
    if (here) until = lines.length - 1;
  }
  if (stops.length === 0) lines.push(line('  ', span(said.none, 'dim')));
  return { lines, at, until, most };
}

/** The last page is filled up from the one before, so that nothing moves. */
function pageOf(answer: readonly string[], page: number): readonly Line[] {
  const first = Math.max(0, Math.min(page * pageLines, answer.length - pageLines));
  const shown = answer.slice(first, first + pageLines);
  const last = first + shown.length;
  const rows = shown.map((row) => line('    ', span(harmless(row), 'dim')));
  if (answer.length <= pageLines) return rows;
  const said = texts().commands;
  const more = last < answer.length ? said.down : '';
  return [...rows, line('    ', span(`${said.lines(first + 1, last, answer.length)}${more}`, 'accent'))];
}

export function stepPanel({ plan, scene, step, view }: Draw): PanelLines {
  const steps = plan?.steps ?? [];
  const cursor = Math.min(view.cursor, steps.length - 1);
  const lines = steps.map((each, index) => {
    const passed = scene.passed.includes(each.id) || each.passedBefore === true;
    const mark = passed ? span('✓ ', 'good') : each === step ? span('★ ', 'accent') : span('○ ', 'dim');
    const number = `${String(index + 1).padStart(2)}  `;
    const words = index === cursor ? span(harmless(each.title), 'selected') : span(harmless(each.title));
    return line(
      index === cursor ? span('▸ ', 'accent') : '  ',
      mark,
      span(number, 'dim'),
      words,
      each === step ? span(`  ${texts().step.isHere}`, 'dim') : null,
    );
  });
  return { lines, at: cursor, most: Math.max(0, steps.length - 1) };
}
