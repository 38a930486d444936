// Reads a lab's texts in another language: lab.LANG.yaml, and step.LANG.md beside each step.md.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab, Step } from './format.ts';
import { type LabTexts, labTexts, type StepTexts, stepTexts, translated } from './translation.ts';
import { type Fault, type LineOf, type Parsed, parseYaml } from './yamlfile.ts';

/** The languages a lab's texts are in besides its own: those of its lab.LANG.yaml files. */
export async function languagesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => /^lab\.([a-z]{2,3})\.yaml$/.exec(name)?.[1] ?? []).toSorted();
}

/** The lab in that language, as far as it is translated; as it is where it is not at all. */
export async function labIn(lab: Lab, language: string): Promise<Lab> {
  if (lab.language === language || !(await languagesOf(lab.folder)).includes(language)) return lab;
  const head = await readHead(lab.folder, language);
  const steps: Record<string, StepTexts> = {};
  for (const step of lab.steps) {
    const { texts } = await readStepTexts(lab.folder, { step, language });
    if (texts) steps[step.id] = texts;
  }
  return translated(lab, { language, head: head.value, steps });
}

export async function readHead(folder: string, language: string): Promise<Parsed<LabTexts>> {
  const file = join(folder, `lab.${language}.yaml`);
  return parseYaml(labTexts, { file, text: await readFile(file, 'utf8') });
}

export interface StepTextsRead {
  readonly file: string;
  readonly source: string;
  /** Null where there are none, or none that hold to their format. */
  readonly texts: StepTexts | null;
  readonly faults: readonly Fault[];
  readonly lineOf: LineOf;
  /** The line its text begins at. */
  readonly textLine: number;
}

export async function readStepTexts(
  folder: string,
  { step, language }: { readonly step: Pick<Step, 'id'>; readonly language: string },
): Promise<StepTextsRead> {
  const file = join(folder, step.id, `step.${language}.md`);
  const source = await readFile(file, 'utf8').catch(() => null);
  const wrong = (what: string): StepTextsRead => ({
    file,
    source: source ?? '',
    texts: null,
    faults: [{ file, line: 1, what }],
    ...nowhere,
  });
  if (source === null) return wrong(`there is no such file: the step is not translated`);
  const parts = /^(---\r?\n)([\s\S]*?\r?\n)(---\r?\n\s*)([\s\S]*)$/.exec(source);
  if (!parts) return wrong('texts begin with frontmatter between two lines `---`');
  const [, opening = '', frontmatter = '', closing = '', text = ''] = parts;
  const head = parseYaml(stepTexts, { file, text: frontmatter, linesBefore: 1 });
  if (head.value === null) return { file, source, texts: null, faults: head.faults, ...nowhere };
  const textLine = (opening + frontmatter + closing).split('\n').length;
  const texts = { ...head.value, text: text.trim() };
  return { file, source, texts, faults: [], lineOf: head.lineOf, textLine };
}

/** Places in a file that could not be read. */
const nowhere: Pick<StepTextsRead, 'lineOf' | 'textLine'> = { lineOf: () => 1, textLine: 1 };
