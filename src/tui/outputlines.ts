// What the newest command of a step answered, in sight beside the step: the first lines, the rest one key away.
import type { LabStep } from '../model/labplan.ts';
import type { CommandRun, Stamp } from '../model/observation.ts';
import type { Draw } from './draw.ts';
import { cutText, harmless, type Line, line, span } from './line.ts';
import { texts } from './words/words.ts';

/** At most `most` lines, the heading of each host included; nothing for a step whose commands have not answered. */
export function outputLines(
  { scene, doing }: Draw,
  step: LabStep,
  size: { width: number; most: number },
): readonly Line[] {
  const answers = newestAnswers(step, scene.commands, doing.enteredMs);
  const each = Math.max(1, Math.floor(size.most / Math.max(1, answers.length)));
  return answers.flatMap((answer) => answerLines(answer, { ...size, most: each, named: answers.length > 1 }));
}

/** Of the action that ran last: the newest answer of each of its commands. */
function newestAnswers(step: LabStep, commands: readonly (Stamp & CommandRun)[], enteredMs: number) {
  const ran = commands.filter(
    ({ phase, output, atMs }) => phase === 'ran' && output !== undefined && atMs >= enteredMs,
  );
  const action = step.actions
    .filter(({ isFault }) => !isFault)
    .map(({ commands: own }) =>
      own.flatMap(({ host, text }) => ran.findLast((one) => one.host === host && one.text === text) ?? []),
    )
    .sort((a, b) => newest(b) - newest(a))[0];
  return action ?? [];
}

function newest(answers: readonly Stamp[]): number {
  return Math.max(-1, ...answers.map(({ seq }) => seq));
}

interface AnswerSize {
  readonly width: number;
  readonly most: number;
  readonly named: boolean;
}

function answerLines(
  { host, output = '' }: Stamp & CommandRun,
  { width, most, named }: AnswerSize,
): readonly Line[] {
  const lines = output.split('\n').filter((text) => text.trim() !== '');
  const lead = named ? `${host}  ` : '';
  const shown = lines.length > most ? lines.slice(0, Math.max(1, most - 1)) : lines;
  const left = lines.length - shown.length;
  return [
    ...shown.map((text) =>
      line(span(lead, 'dim'), span(cutText(harmless(text), width - lead.length), 'code')),
    ),
    ...(left > 0 && most > 1
      ? [line(span(`${' '.repeat(lead.length)}${texts().step.moreByKey(left)}`, 'dim'))]
      : []),
  ];
}
