// Reads a lab from its folder: lab.yaml and one folder a step, held to their format.
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { exits, KhaError } from '../model/failure.ts';
import { type Lab, type LabFile, labFile, type Step, type StepFile, stepFile } from './format.ts';
import { scriptsOf } from './script.ts';
import { type Fault, type LineOf, parseYaml } from './yamlfile.ts';

export type LabRead =
  | { readonly lab: Lab; readonly faults: readonly [] }
  | { readonly lab: null; readonly faults: readonly Fault[] };

/** A step that holds to its format, with the places of what is written in it. */
export interface StepRead {
  readonly step: Step;
  readonly file: string;
  /** The whole file. */
  readonly source: string;
  readonly lineOf: LineOf;
  /** The line its text begins at. */
  readonly textLine: number;
}

/** As much of a lab as could be read, and every fault of its format. */
export interface LabParts {
  readonly folder: string;
  /** lab.yaml; null when it does not hold to its format. */
  readonly head: (LabFile & { readonly lineOf: LineOf }) | null;
  /** Ids of all steps, in order, read or not. */
  readonly ids: readonly string[];
  readonly steps: readonly StepRead[];
  readonly faults: readonly Fault[];
}

/** The lab of a folder. Throws a KhaError (exit 2) that names file, line and what was meant. */
export async function readLab(folder: string): Promise<Lab> {
  const { lab, faults } = await tryReadLab(folder);
  if (lab) return lab;
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  throw new KhaError({
    code: 'bad-lab',
    exit: exits.usage,
    message: first ? `${first.file}:${first.line}: ${first.what}${more}.` : `${folder} holds no lab.`,
    tryThis: 'Set it right there; `kha-lab labs lint` finds every mistake, and schema/ describes the format.',
  });
}

/** As `readLab`, with every fault instead of the first. */
export async function tryReadLab(folder: string): Promise<LabRead> {
  const { head, steps, faults, folder: root } = await readParts(folder);
  if (head === null || faults.length > 0) return { lab: null, faults };
  const { lineOf: _, ...file } = head;
  return {
    lab: { ...file, name: basename(root), folder: root, steps: steps.map(({ step }) => step) },
    faults: [],
  };
}

/** Reads on after a mistake: a step is looked at even where lab.yaml or another step is wrong. */
export async function readParts(folder: string): Promise<LabParts> {
  const root = resolve(folder);
  const faults: Fault[] = [];
  const file = join(root, 'lab.yaml');
  const text = await textOf(file, faults);
  if (text === null) return { folder: root, head: null, ids: [], steps: [], faults };
  const parsed = parseYaml(labFile, { file, text });
  faults.push(...parsed.faults);
  const head = parsed.value === null ? null : { ...parsed.value, lineOf: parsed.lineOf };
  const ids = head?.steps ?? (await likelySteps(root, text));
  const steps: StepRead[] = [];
  for (const id of ids) {
    const step = await readStep({ id, file: join(root, id, 'step.md') }, faults);
    if (step) steps.push(step);
  }
  return { folder: root, head, ids, steps, faults };
}

/** Steps of a lab.yaml with a mistake: those it lists, or every folder that looks like one. */
async function likelySteps(root: string, text: string): Promise<readonly string[]> {
  const ids = /^[a-z0-9][a-z0-9-]*$/;
  try {
    const { steps } = parse(text);
    if (Array.isArray(steps)) return steps.filter((id) => typeof id === 'string' && ids.test(id));
  } catch {
    // Not even YAML: told already.
  }
  return (await stepFolders(root)).filter((id) => ids.test(id));
}

/** Folders below a lab that hold a step.md. */
export async function stepFolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const held = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => ((await readdir(join(root, name))).includes('step.md') ? [name] : [])),
  );
  return held.flat().toSorted();
}

async function readStep(
  { id, file }: { readonly id: string; readonly file: string },
  faults: Fault[],
): Promise<StepRead | null> {
  const source = await textOf(file, faults);
  if (source === null) return null;
  const parts = /^(---\r?\n)([\s\S]*?\r?\n)(---\r?\n\s*)([\s\S]*)$/.exec(source);
  if (!parts) {
    faults.push({ file, line: 1, what: 'a step begins with frontmatter between two lines `---`' });
    return null;
  }
  const [, opening = '', frontmatter = '', closing = '', text = ''] = parts;
  const head = parseYaml(stepFile, { file, text: frontmatter, linesBefore: 1 });
  if (head.value === null) {
    faults.push(...head.faults);
    return null;
  }
  if (head.value.id !== id) {
    faults.push({
      file,
      line: head.lineOf(['id']),
      what: `\`id\` is ${head.value.id}, its folder ${id}: they must be the same`,
    });
    return null;
  }
  const scripts = await readScripts(head.value, file, faults);
  const step = { ...head.value, text: text.trim(), ...(scripts && { scripts }) };
  const textLine = (opening + frontmatter + closing).split('\n').length;
  return { step, file, source, lineOf: head.lineOf, textLine };
}

/** Scripts lie beside their step. */
async function readScripts(
  step: StepFile,
  file: string,
  faults: Fault[],
): Promise<Readonly<Record<string, string>> | null> {
  const names = scriptsOf(step);
  if (names.length === 0) return null;
  const texts = await Promise.all(names.map((name) => textOf(join(dirname(file), name), faults)));
  return Object.fromEntries(names.map((name, at) => [name, texts[at] ?? '']));
}

async function textOf(file: string, faults: Fault[]): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    faults.push({ file, line: 1, what: reason });
    return null;
  }
}
