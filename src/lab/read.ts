// Reads a lab from its folder: lab.yaml and one folder a step, held to their format.
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';
import { type Lab, labFile, type Step, stepFile } from './format.ts';
import { type Fault, parseYaml } from './yamlfile.ts';

export type LabRead =
  | { readonly lab: Lab; readonly faults: readonly [] }
  | { readonly lab: null; readonly faults: readonly Fault[] };

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
    tryThis: 'Set it right there; schema/lab.json and schema/lab-step.json describe the format to an editor.',
  });
}

/** As `readLab`, with every fault instead of the first. */
export async function tryReadLab(folder: string): Promise<LabRead> {
  const root = resolve(folder);
  const faults: Fault[] = [];
  const file = join(root, 'lab.yaml');
  const text = await textOf(file, faults);
  if (text === null) return { lab: null, faults };
  const head = parseYaml(labFile, { file, text });
  if (head.value === null) return { lab: null, faults: head.faults };
  const steps: Step[] = [];
  for (const id of head.value.steps) {
    const step = await readStep({ id, file: join(root, id, 'step.md') }, faults);
    if (step) steps.push(step);
  }
  if (faults.length > 0) return { lab: null, faults };
  return { lab: { ...head.value, name: basename(root), folder: root, steps }, faults: [] };
}

async function readStep(
  { id, file }: { readonly id: string; readonly file: string },
  faults: Fault[],
): Promise<Step | null> {
  const text = await textOf(file, faults);
  if (text === null) return null;
  const parts = /^---\r?\n([\s\S]*?\r?\n)---\r?\n([\s\S]*)$/.exec(text);
  if (!parts) {
    faults.push({ file, line: 1, what: 'a step begins with frontmatter between two lines `---`' });
    return null;
  }
  const head = parseYaml(stepFile, { file, text: parts[1] ?? '', linesBefore: 1 });
  if (head.value === null) {
    faults.push(...head.faults);
    return null;
  }
  if (head.value.id !== id) {
    faults.push({
      file,
      line: 2,
      what: `\`id\` is ${head.value.id}, its folder ${id}: they must be the same`,
    });
    return null;
  }
  return { ...head.value, text: (parts[2] ?? '').trim() };
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
