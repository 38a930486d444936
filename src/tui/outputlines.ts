// What the newest command of a step answered, in sight beside the step: the first lines, the rest one key away.
import type { LabStep } from '../model/labplan.ts';
import type { CommandRun, Stamp } from '../model/observation.ts';
import type { Draw } from './draw.ts';
import { cutText, harmless, type Line, line, span, textOf } from './line.ts';
import { texts } from './words/words.ts';
import { wrapText } from './wrap.ts';

/** At most `most` lines, the heading of each host included; nothing for a step whose commands have not answered. */
export function outputLines(
  { scene, doing }: Pick<Draw, 'scene' | 'doing'>,
  step: LabStep,
  size: { width: number; most: number },
): readonly Line[] {
  const { answers, about } = newestAnswers(step, scene.commands, doing.enteredMs);
  const most = Math.max(1, Math.floor(size.most / Math.max(1, answers.length)));
  return answers.flatMap((answer) =>
    answerLines(answer, { ...size, most, about, named: answers.length > 1 }),
  );
}

/** Of the action that ran last: the newest answer of each of its commands. */
function newestAnswers(step: LabStep, commands: readonly (Stamp & CommandRun)[], enteredMs: number) {
  const ran = commands.filter(
    ({ phase, output, atMs }) => phase === 'ran' && output !== undefined && atMs >= enteredMs,
  );
  const action = step.actions
    .filter(({ isFault }) => !isFault)
    .map(({ commands: own, note }) => ({
      answers: own.flatMap(
        ({ host, text }) => ran.findLast((one) => one.host === host && one.text === text) ?? [],
      ),
      about: namesIn(note),
    }))
    .sort((a, b) => newest(b.answers) - newest(a.answers))[0];
  return action ?? { answers: [], about: [] };
}

function newest(answers: readonly Stamp[]): number {
  return Math.max(-1, ...answers.map(({ seq }) => seq));
}

interface AnswerSize {
  readonly width: number;
  readonly most: number;
  readonly named: boolean;
  readonly about: readonly string[];
}

function answerLines(
  { host, output = '' }: Stamp & CommandRun,
  { width, most, named, about }: AnswerSize,
): readonly Line[] {
  const printed = output.split('\n').filter((text) => text.trim() !== '');
  const lead = named ? `${host}  ` : '';
  const sought = printed.filter((text) => about.some((word) => text.includes(word)));
  const fits = printed.length <= most;
  const chosen = fits || sought.length === 0 ? printed : sought;
  // The last row tells how much more there is; where there is but one, what was looked for stands in it.
  const room = fits || (most === 1 && sought.length > 0) ? most : most - 1;
  const shown = chosen.slice(0, room);
  const rows = shown.length === 1 ? longLine(shown[0] ?? '', width - lead.length, room) : shown;
  const left = printed.length - shown.length;
  return [
    ...rows.map((text) =>
      line(span(lead, 'dim'), span(cutText(harmless(text), width - lead.length), 'code')),
    ),
    ...(left > 0 && room < most ? [line(span(lead, 'dim'), span(texts().step.moreByKey(left), 'dim'))] : []),
  ];
}

/** A table is read by its columns; one long line, as JSON is, from its beginning on, cut at the end of `most` rows. */
function longLine(text: string, width: number, most: number): readonly string[] {
  if (most === 1 || text.length <= width) return [text];
  const rows = wrapText(harmless(text.trim().slice(0, width * most + 1)), width, 'code').map(textOf);
  return rows.length <= most ? rows : [...rows.slice(0, most - 1), `${rows[most - 1]}…`];
}

/** What the reason given for a command speaks of by name: `holderIdentity`, `--leader-elect`. */
function namesIn(note: string | null): readonly string[] {
  return (note ?? '').split(/[\s,;:.]+/).filter((word) => /^--|[a-z][A-Z]/.test(word));
}
