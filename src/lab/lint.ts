// Holds a lab to more than its format: ids, references, names between {{ }}, and texts that fit beside logs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { nearest } from '../inventory/nearest.ts';
import type { Lab, Step } from './format.ts';
import { allNames, isName } from './names.ts';
import { tryReadLab } from './read.ts';
import { fill, namesIn } from './template.ts';
import type { Fault } from './yamlfile.ts';

/** What fits beside two logs at 80 columns by 24 lines. */
export const limits = { columns: 60, lines: 10, title: 32, check: 32, hintLines: 5, explainLines: 16 };

/** Every fault of a lab; none when it is fit to be used. */
export async function lintLab(folder: string): Promise<readonly Fault[]> {
  const { lab, faults } = await tryReadLab(folder);
  if (!lab) return faults;
  const perStep = await Promise.all(lab.steps.map((step, index) => lintStep({ lab, step, index })));
  return [...twice(lab), ...perStep.flat()];
}

/** Checks and actions are named across a lab: the stream knows them by id alone. */
function twice(lab: Lab): Fault[] {
  const file = join(lab.folder, 'lab.yaml');
  const ids = [
    ...lab.steps.map(({ id }) => `step ${id}`),
    ...lab.steps.flatMap(({ checks }) => checks.map(({ id }) => `check ${id}`)),
    ...lab.steps.flatMap(({ actions }) => actions.map(({ id }) => `action ${id}`)),
  ];
  const repeated = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  return [...repeated].map((id) => ({ file, line: 1, what: `there are two of ${id}` }));
}

interface Place {
  readonly lab: Lab;
  readonly step: Step;
  readonly index: number;
}

async function lintStep({ lab, step, index }: Place): Promise<readonly Fault[]> {
  const file = join(lab.folder, step.id, 'step.md');
  const source = await readFile(file, 'utf8').catch(() => '');
  const lineOf = (part: string): number => {
    const at = source.indexOf(part);
    return at < 0 ? 1 : source.slice(0, at).split('\n').length;
  };
  const found = [...references({ lab, step, index }), ...lengths(step), ...names(source)];
  return found.map(({ what, near }) => ({ file, line: lineOf(near), what }));
}

interface Remark {
  readonly what: string;
  /** Text of the file it is about, to find the line. */
  readonly near: string;
}

function references({ lab, step, index }: Place): Remark[] {
  const checks = new Set(step.checks.map(({ id }) => id));
  const actions = new Set(step.actions.map(({ id }) => id));
  const earlier = new Set(lab.steps.slice(0, index).map(({ id }) => id));
  const remarks: Remark[] = [];
  const say = (what: string, near: string) => remarks.push({ what, near });
  if (step.checks.every(({ optional }) => optional))
    say('a step needs a check that is not optional', 'checks:');
  for (const hint of step.hints) {
    if (typeof hint !== 'string' && !checks.has(hint.when))
      say(`no check \`${hint.when}\` here`, `when: ${hint.when}`);
  }
  for (const check of step.checks) {
    if (!('action' in check) || actions.has(check.action)) continue;
    say(`no action \`${check.action}\` here`, `action: ${check.action}`);
  }
  if (step.explainAfter && !checks.has(step.explainAfter)) {
    say(`no check \`${step.explainAfter}\` here`, `explainAfter: ${step.explainAfter}`);
  }
  if (step.needs && !earlier.has(step.needs))
    say(`no earlier step \`${step.needs}\``, `needs: ${step.needs}`);
  if (step.skip && step.actions.some(({ fault }) => fault))
    say('a step with a fault cannot be skipped', 'skip:');
  return remarks;
}

function lengths(step: Step): Remark[] {
  const remarks: Remark[] = [];
  const fits = (what: string, text: string, lines: number) => {
    const needed = wrapped(sample(text));
    if (needed > lines) remarks.push({ what: `${what} takes ${needed} lines, at most ${lines}`, near: text });
  };
  const short = (what: string, text: string, columns: number) => {
    const needed = stringWidth(sample(text));
    if (needed > columns)
      remarks.push({ what: `${what} is ${needed} columns wide, at most ${columns}`, near: text });
  };
  if (step.text === '') remarks.push({ what: 'a step needs a text below its frontmatter', near: step.id });
  short('the title', step.title, limits.title);
  fits(
    'the text',
    step.guess?.note ? `${step.text}\n\n${step.guess.note}` : step.text,
    limits.lines + (step.guess ? 2 : 0),
  );
  for (const check of step.checks) short(`check ${check.id}'s title`, check.title, limits.check);
  for (const hint of step.hints)
    fits('a hint', typeof hint === 'string' ? hint : hint.text, limits.hintLines);
  const explain = typeof step.explain === 'string' ? [{ text: step.explain }] : (step.explain ?? []);
  for (const { text } of explain) fits('an explanation', text, limits.explainLines);
  return remarks;
}

function names(source: string): Remark[] {
  return namesIn(source)
    .filter(({ name }) => !isName(name))
    .map(({ name }) => {
      const known = allNames().flatMap((one) =>
        one.endsWith('COMPONENT')
          ? ['kube-scheduler', 'kube-controller-manager'].map((component) =>
              one.replace('COMPONENT', component),
            )
          : [one],
      );
      const near = nearest(name, known);
      return { what: `unknown name {{${name}}}${near ? `, did you mean {{${near}}}?` : ''}`, near: name };
    });
}

/** With values of a usual length in place of the names. */
function sample(text: string): string {
  return fill(text, () => 'kuberm2').text;
}

/** Lines a markdown text takes when it is wrapped as narrow as it may get, blank lines counted. */
function wrapped(text: string): number {
  return text
    .trim()
    .split(/\n{2,}|\n(?=- )/)
    .map((paragraph) => linesOf(paragraph.replace(/[*`]/g, '').split(/\s+/)))
    .reduce((sum, lines) => sum + lines, (text.trim().match(/\n{2,}/g) ?? []).length);
}

function linesOf(words: readonly string[]): number {
  let lines = 1;
  let used = 0;
  for (const word of words) {
    const width = stringWidth(word);
    if (used > 0 && used + 1 + width > limits.columns) {
      lines += 1;
      used = width;
    } else used += (used > 0 ? 1 : 0) + width;
    if (width > limits.columns) lines += Math.floor(width / limits.columns);
  }
  return lines;
}
