// What is to be done in a step, always in sight: the guess, the exact command and its host, the way back, the checks.
import type { LabAction, LabStep } from '../model/labplan.ts';
import { type ActionState, actionState } from './doing.ts';
import type { Draw } from './draw.ts';
import { cutText, harmless, type Line, line, lineWidth, span } from './line.ts';
import { outputLines } from './outputlines.ts';
import { runningWords } from './waiting.ts';
import { texts } from './words/words.ts';
import { wrapLine, wrapText } from './wrap.ts';

/**
 * Roomy; without empty lines; with long commands cut to a line each; the first of many alone, and checks only counted; or as that, but none before
 * a guess is made, and without what is done. The commands' panel shows them all, and whole.
 */
export type Density = 'roomy' | 'tight' | 'cut' | 'few' | 'least';

const isFew = (density: Density) => density === 'few' || density === 'least';

export function doLines(draw: Draw, width: number, density: Density): readonly Line[] {
  const { step } = draw;
  if (!step) return [];
  const states = step.actions.map((action) => actionState(action, { ...draw, step }));
  // Once a fault is under way the strip shows the guess beside the stopwatch.
  const guessed = step.actions.some(({ isFault }, index) => isFault && states[index] !== 'ready');
  const parts = [
    guessed ? [] : guessLines(draw, step, width),
    actionLines(draw, states, { width, density }),
    outputLines(draw, step, { width, most: { roomy: 8, tight: 3, cut: 3, few: 2, least: 2 }[density] }),
    checkLines(draw, step, { width, density }),
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 || density !== 'roomy' ? part : [[], ...part]));
}

function guessLines({ scene, view }: Draw, step: LabStep, width: number): readonly Line[] {
  if (!step.guess) return [];
  const made = scene.guesses[step.id];
  if (made !== undefined)
    return wrapLine([span(`${texts().step.yourGuess}  `, 'dim'), span(made, 'strong')], width);
  const { question, choices } = step.guess;
  const asked = wrapText(
    texts().step.guessFirst(question),
    width,
    view.choosing === null ? 'plain' : 'accent',
  );
  return [...asked, ...choiceRows(choices, view.choosing, width)];
}

function choiceRows(choices: readonly string[], chosen: number | null, width: number): readonly Line[] {
  const cells = choices.map((choice, index) =>
    chosen === index
      ? line(span(`▸ ${harmless(choice)} `, 'selected'))
      : line(span(chosen === null ? '· ' : `${index + 1} `, 'dim'), `${harmless(choice)} `),
  );
  const rows: Line[] = [];
  let row: Line = line('  ');
  for (const cell of cells) {
    if (lineWidth(row) > 2 && lineWidth(row) + lineWidth(cell) > width) {
      rows.push(row);
      row = line('  ');
    }
    row = [...row, ...cell, span('  ')];
  }
  return [...rows, row];
}

function actionLines(
  draw: Draw,
  states: readonly ActionState[],
  size: { width: number; density: Density },
): readonly Line[] {
  const { step } = draw;
  if (!step) return [];
  const current = states.findIndex((state) => state !== 'done');
  const several = step.actions.length > 1;
  const { width, density } = size;
  // Before the guess nothing can run: in the least room its commands come to sight once it is made.
  const guessFirst = density === 'least' && step.guess !== null && draw.scene.guesses[step.id] === undefined;
  return step.actions.flatMap((action, index) => {
    const state = states[index] ?? 'ready';
    const named = !isFew(density) || index === current || (density === 'few' && state === 'done');
    const titled = named && (several || state !== 'ready');
    const title = titled ? [titleLine(draw, step, { action, state })] : [];
    const whole =
      state === 'ready' ? index === current : density === 'roomy' && (!several || index === current);
    return whole && !(guessFirst && action.isFault)
      ? [
          ...title,
          ...(action.commands.length === 0 ? unknownYet(draw, width) : commandRows(action, width, density)),
        ]
      : title;
  });
}

function titleLine(
  draw: Draw,
  step: LabStep,
  { action, state }: { readonly action: LabAction; readonly state: ActionState },
): Line {
  if (state === 'done')
    return line(span('✓ ', 'good'), harmless(action.title), span(`  ${texts().step.done}`, 'dim'));
  if (state === 'running')
    return line(
      span('▸ ', 'accent'),
      harmless(action.title),
      span(`  ${runningWords(draw, step, action)}`, 'accent'),
    );
  return line(span('○ ', 'dim'), harmless(action.title));
}

/** A replay shows the commands that its run did run, as they come. */
function unknownYet({ playback }: Draw, width: number): readonly Line[] {
  return playback === null ? wrapText(texts().step.unknownYet, width, 'dim') : [];
}

function commandRows(action: LabAction, width: number, density: Density): readonly Line[] {
  const said = texts().step;
  const hosts = action.commands.map(({ host }) => (host === null ? said.here : said.on(host)));
  const column = Math.max(said.comesBack.length, ...hosts.map((host) => host.length)) + 2;
  const shown = isFew(density) ? action.commands.slice(0, 1) : action.commands;
  const left = action.commands.length - shown.length;
  const rows = shown.flatMap(({ text }, index) => {
    const host = (hosts[index] ?? '').padEnd(column);
    if (density === 'cut' || isFew(density))
      return [line(host, span(cutText(harmless(text), width - column), 'code'))];
    return wrapText(harmless(text), width, 'code', host, ' '.repeat(column));
  });
  if (left > 0)
    rows.push(
      line(' '.repeat(column), span(action.isFault ? said.moreCommands(left) : said.others(left), 'dim')),
    );
  if (action.note === null) return rows;
  const note = harmless(action.note);
  const lead = (action.isFault ? said.comesBack : said.because).padEnd(column);
  if (isFew(density)) return [...rows, line(lead, cutText(note, width - column))];
  return [...rows, ...wrapText(note, width, 'plain', lead, ' '.repeat(column))];
}

function checkLines(
  { scene }: Draw,
  step: LabStep,
  { width, density }: { width: number; density: Density },
): readonly Line[] {
  const rows: Line[] = [];
  let row: Line = [];
  const failed: Line[] = [];
  for (const check of step.checks) {
    const seen = scene.checks[check.id];
    const mark = seen ? (seen.ok ? span('✓ ', 'good') : span('✗ ', 'bad')) : span('○ ', 'dim');
    const cell = line(mark, harmless(check.title));
    if (row.length > 0 && lineWidth(row) + 3 + lineWidth(cell) > width) {
      rows.push(row);
      row = [];
    }
    row = row.length === 0 ? cell : [...row, span('   '), ...cell];
    // What a fault of ours broke is being put back: no advice is wanted.
    if (seen && !seen.ok && scene.fault === null) {
      failed.push(...wrapText(harmless(seen.detail), width, 'bad', '  '));
      if (seen.tryThis)
        failed.push(...wrapText(texts().step.tryThis(harmless(seen.tryThis)), width, 'plain', '  '));
    }
  }
  if (row.length === 0) return [];
  return isFew(density) && rows.length > 0 ? [tallyLine(scene, step), ...failed] : [...rows, row, ...failed];
}

/** How many passed, and the first that has not. */
function tallyLine({ checks }: Draw['scene'], step: LabStep): Line {
  const open = step.checks.filter(({ id }) => checks[id]?.ok !== true);
  const passed = step.checks.length - open.length;
  const tally = line(span('✓ ', 'good'), texts().step.of(passed, step.checks.length));
  return open[0] ? [...tally, ...line(span('   ○ ', 'dim'), harmless(open[0].title))] : tally;
}
