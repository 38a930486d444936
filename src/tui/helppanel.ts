// The help, made from the key table: what works here now first, then the rest.
import type { Draw } from './draw.ts';
import { keyTable, labelOf } from './keys.ts';
import { cutText, harmless, type Line, line, padText, span } from './line.ts';
import { roleSpan } from './roles.ts';
import { type Situation, situationOf } from './situation.ts';
import { texts } from './words/words.ts';

export function helpLines(draw: Draw, width: number): readonly Line[] {
  const view = { ...draw.view, panel: null };
  const situation = situationOf({ ...draw, view, playback: draw.playback !== null });
  const rows = keyTable.filter(
    (key, index) => keyTable.findIndex(({ command }) => command === key.command) === index,
  );
  const sought = draw.view.sought.trim().toLowerCase();
  if (sought !== '') return found(rows, { sought, situation, width });
  const { help } = texts();
  const works = rows.filter((key) => key.works(situation) && labelOf(key, situation) !== '');
  const others = rows.filter((key) => !works.includes(key));
  // Two lines: the least window is 60 wide.
  const legend = [
    line(
      ...(['leader', 'standby', 'stopped', 'frozen', 'unknown'] as const).flatMap((role, index) => [
        ...(index > 0 ? ['   '] : []),
        roleSpan(role),
      ]),
    ),
    line(`◆ ${help.mark}   ✓ ${help.passed}   ✗ ${help.failed}`),
  ];
  const told = (list: typeof keyTable) =>
    columns(
      list.map((key) => cell(key.shown, labelOf(key, situation))),
      width,
    );
  return [
    line(span(help.now, 'title')),
    ...told(works),
    [],
    line(span(help.elsewhere, 'title')),
    ...told(others),
    [],
    ...legend,
  ];
}

/** Every key whose name or meaning has what is sought in it, and whether it works now. */
function found(
  rows: typeof keyTable,
  { sought, situation, width }: { sought: string; situation: Situation; width: number },
): readonly Line[] {
  const { help } = texts();
  const hits = rows.filter((key) => `${key.shown} ${labelOf(key, situation)}`.toLowerCase().includes(sought));
  if (hits.length === 0) return [line(span(cutText(help.none(harmless(sought)), width), 'dim'))];
  return [
    line(span(cutText(help.with(harmless(sought)), width), 'title')),
    ...hits.map((key) => [
      ...cell(key.shown, labelOf(key, situation)),
      span(`   ${key.works(situation) ? help.worksNow : help.worksElsewhere}`, 'dim'),
    ]),
  ];
}

function cell(shown: string, label: string): Line {
  return line(span(padText(shown, 8), 'accent'), label);
}

function columns(cells: readonly Line[], width: number): readonly Line[] {
  const across = Math.max(1, Math.floor(width / 38));
  const down = Math.ceil(cells.length / across);
  const column = Math.floor(width / across);
  return Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, at) => cells[at * down + row] ?? []).flatMap((each, at) => {
      const used = each.reduce((sum, { text }) => sum + text.length, 0);
      return at < across - 1 ? [...each, span(' '.repeat(Math.max(1, column - used)))] : each;
    }),
  );
}
