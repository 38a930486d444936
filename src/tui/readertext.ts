// What is said when something other than the stream changes: a step, a question, a panel, what enter does.
import type { Observation } from '../model/observation.ts';
import { compose, type Subject } from './compose.ts';
import { type Command, footerKeys, labelOf } from './keys.ts';
import { harmless, textOf } from './line.ts';
import { markdownLines } from './markdown.ts';
import { type Situation, situationOf, stepOf } from './situation.ts';
import type { View } from './view.ts';
import { texts } from './words/words.ts';

const pictorial: readonly Command[] = [
  ...(['logs', 'filter', 'detail', 'zoom', 'otherPane', 'pause', 'left', 'right'] as const),
];

/** What there was to say at one moment. */
export interface Spoken {
  readonly subject: Subject;
  readonly view: View;
  readonly situation: Situation;
  readonly step: string;
  readonly explanation: string | null;
  readonly hints: number;
}

export function spokenOf(subject: Subject): Spoken {
  const step = subject.scene.step === null ? '' : (stepOf(subject)?.id ?? '');
  return {
    ...{ subject, step },
    view: subject.view,
    situation: situationOf({ ...subject, playback: subject.playback !== null }),
    explanation: step === '' ? null : subject.explain(step),
    hints: subject.view.hints[step] ?? 0,
  };
}

/** What to say about the change from one moment to the next. */
export function changeTexts(before: Spoken | null, now: Spoken): readonly string[] {
  const said: string[] = [];
  const { reader } = texts();
  if (now.view.leaving && !before?.view.leaving) return [reader.leaving];
  if (now.step !== before?.step) said.push(...stepTexts(now));
  const known = before !== null && before.step === now.step ? before.explanation : null;
  if (now.explanation !== null && tellsElse(now.explanation, known))
    said.push(explanationText(now, now.explanation));
  if (now.step === before?.step && now.hints > before.hints) said.push(...hintTexts(now));
  if (now.view.choosing !== null && before?.view.choosing !== now.view.choosing)
    said.push(...choiceTexts(now, before?.view.choosing ?? null));
  if (now.view.panel !== (before?.view.panel ?? null)) said.push(...panelTexts(now));
  if (now.view.notice !== null && now.view.notice !== before?.view.notice) said.push(now.view.notice);
  if (now.view.typing !== null && (before?.view.typing ?? null) === null) said.push(reader.typing);
  const other =
    now.situation.primary?.words !== before?.situation.primary?.words || now.step !== before?.step;
  if (other && now.view.choosing === null && now.view.panel === null) said.push(keysText(now));
  return said;
}

/** Numbers that are measured all the time are no news: it is said again when its words change. */
function tellsElse(now: string, before: string | null): boolean {
  const words = (text: string) => text.replace(/[-−]?\d+(\.\d+)?( min| m?s\b)?/g, '#');
  return before === null || words(now) !== words(before);
}

function explanationText({ subject, step }: Spoken, explanation: string): string {
  const { step: words } = texts();
  const at = subject.plan?.steps.find(({ id }) => id === step);
  const lead = at?.actions.some(({ isFault }) => isFault) ? words.happened : words.seen;
  return plain(`${lead} ${explanation}`, subject);
}

/** What a command answered: its first lines, and how many more the commands' panel has. Null where there is nothing to tell. */
export function answerText(o: Observation): string | null {
  if (o.kind !== 'command' || o.phase !== 'ran' || o.output === undefined) return null;
  const rows = o.output.split('\n').filter((row) => row.trim() !== '');
  if (rows.length === 0) return null;
  const shown = rows.slice(0, mostRows).map((row) => `  ${harmless(row)}`);
  const left = rows.length - shown.length;
  return [...shown, ...(left > 0 ? [`  ${texts().step.moreByKey(left)}`] : [])].join('\n');
}

const mostRows = 10;

function stepTexts({ subject, step }: Spoken): readonly string[] {
  const at = subject.plan?.steps.find(({ id }) => id === step);
  if (!at || !subject.plan) return [];
  const number = subject.plan.steps.indexOf(at) + 1;
  const { reader: said, step: words } = texts();
  const commands = at.actions.flatMap(({ title, note, commands: list }) => [
    said.toDo(title),
    ...list.map(({ host, text }) => `  ${host === null ? said.onThisMachine : words.on(host)}: ${text}`),
    ...(note === null ? [] : [`  ${note}`]),
  ]);
  return [
    '',
    said.step(number, subject.plan.steps.length, at.title),
    plain(at.text, subject),
    ...(at.guess ? [said.guess(at.guess.question, at.guess.choices.join(', '))] : []),
    ...commands,
    ...(at.checks.length > 0 ? [said.checks(at.checks.map(({ title }) => title).join(', '))] : []),
  ];
}

function hintTexts({ subject, step, hints }: Spoken): readonly string[] {
  const hint = subject.plan?.steps.find(({ id }) => id === step)?.hints[hints - 1];
  return hint === undefined ? [] : [plain(texts().reader.hint(hint), subject)];
}

function choiceTexts({ subject, step, view }: Spoken, before: number | null): readonly string[] {
  const guess = subject.plan?.steps.find(({ id }) => id === step)?.guess;
  if (!guess) return [];
  if (before !== null) return [guess.choices[view.choosing ?? 0] ?? ''];
  return [
    guess.question,
    ...guess.choices.map((choice, index) => `  ${index + 1} ${choice}`),
    texts().reader.number,
  ];
}

function panelTexts({ subject, view }: Spoken): readonly string[] {
  if (view.panel === null) return [texts().reader.closed];
  const { panel } = compose({ ...subject, columns: 100, rows: 200 });
  return (panel ?? []).map((row) => textOf(row).trim()).filter((row) => row !== '');
}

/** The keys that do something without a picture, in the footer's order. */
function keysText({ situation }: Spoken): string {
  const keys = footerKeys(situation)
    .filter(({ command }) => !pictorial.includes(command))
    .map((key) => `${key.shown} ${labelOf(key, situation)}`);
  return texts().reader.keys(keys.join(', '));
}

/** Within the window, so that no word is broken at its edge. */
function plain(markdown: string, { columns }: Pick<Subject, 'columns'>): string {
  return markdownLines(markdown, Math.min(100, columns - 1))
    .map(textOf)
    .join('\n')
    .trim();
}
