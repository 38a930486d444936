// Holds a lab to more than its format, and finds every mistake: ids, references, names between {{ }}, texts too long.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nearest } from '../inventory/nearest.ts';
import { lengths } from './lintlengths.ts';
import { references } from './lintreferences.ts';
import type { Remark } from './lintremark.ts';
import { allNames, isName } from './names.ts';
import { type LabParts, readParts, type StepRead, stepFolders } from './read.ts';
import { languagesOf, readHead, readStepTexts } from './readtranslation.ts';
import { scriptsOf } from './script.ts';
import { namesIn } from './template.ts';
import { gapsIn, stepIn } from './translation.ts';
import type { Fault } from './yamlfile.ts';

export { limits } from './lintlengths.ts';

/** Every mistake of a lab, file by file in the order of its steps; none when it is fit to be used. */
export async function lintLab(folder: string): Promise<readonly Fault[]> {
  const parts = await readParts(folder);
  const perStep = await Promise.all(parts.steps.map((read) => lintStep(read, parts)));
  const found = [
    ...parts.faults,
    ...(await unnamed(parts)),
    ...twice(parts),
    ...perStep.flat(),
    ...(await lintTranslations(parts)),
  ];
  const order = [join(parts.folder, 'lab.yaml'), ...parts.ids.map((id) => join(parts.folder, id, 'step.md'))];
  const rank = (file: string) => (order.indexOf(file) + order.length + 1) % (order.length + 1);
  return found.toSorted(
    (a, b) => rank(a.file) - rank(b.file) || a.file.localeCompare(b.file) || a.line - b.line,
  );
}

async function lintStep(read: StepRead, parts: LabParts): Promise<readonly Fault[]> {
  const { file, lineOf, textLine } = read;
  const remarks: readonly Remark[] = [...references(read.step, parts.ids), ...lengths(read.step)];
  const scripts = await Promise.all(
    scriptsOf(read.step).map(async (name) => {
      const script = join(dirname(file), name);
      return names(script, await readFile(script, 'utf8').catch(() => ''));
    }),
  );
  return [
    ...remarks.map(({ what, at }) => ({ file, what, line: at === 'text' ? textLine : lineOf(at) })),
    ...names(file, read.source),
    ...scripts.flat(),
  ];
}

/** Texts in other languages: whole, and as short as the lab's own. */
async function lintTranslations({ folder, steps }: LabParts): Promise<readonly Fault[]> {
  const perLanguage = (await languagesOf(folder)).map(async (language) => {
    const head = await readHead(folder, language);
    const each = steps.map(async ({ step }) => {
      const { file, source, texts, faults } = await readStepTexts(folder, { step, language });
      if (texts === null) return faults;
      const remarks = [...gapsIn(step, texts), ...lengths(stepIn(step, texts)).map(({ what }) => what)];
      return [...remarks.map((what) => ({ file, line: 1, what })), ...names(file, source)];
    });
    return [...head.faults, ...(await Promise.all(each)).flat()];
  });
  return (await Promise.all(perLanguage)).flat();
}

/** A step that lies there, and is in no lab: most likely forgotten. */
async function unnamed({ folder, head, ids }: LabParts): Promise<readonly Fault[]> {
  if (head === null) return [];
  const file = join(folder, 'lab.yaml');
  return (await stepFolders(folder))
    .filter((id) => !ids.includes(id))
    .map((id) => ({
      file,
      line: head.lineOf(['steps']),
      what: `\`steps\` does not name ${id}, which has a step.md`,
    }));
}

/** Checks and actions are named across a lab: the stream knows them by id alone. */
function twice({ folder, head, ids, steps }: LabParts): readonly Fault[] {
  const labYaml = join(folder, 'lab.yaml');
  const repeated = ids.flatMap((id, at) =>
    ids.indexOf(id) < at
      ? [{ file: labYaml, line: head?.lineOf(['steps', at]) ?? 1, what: `there are two of step ${id}` }]
      : [],
  );
  const seen = new Map<string, StepRead>();
  const again = (['check', 'action'] as const).flatMap((kind) =>
    steps.flatMap((read) =>
      read.step[`${kind}s`].flatMap(({ id }, at) => {
        const first = seen.get(`${kind} ${id}`);
        seen.set(`${kind} ${id}`, first ?? read);
        if (!first || (first !== read && first.file === read.file)) return [];
        const where = first === read ? '' : `, the other in ${first.step.id}`;
        const line = read.lineOf([`${kind}s`, at, 'id']);
        return [{ file: read.file, line, what: `there are two of ${kind} ${id}${where}` }];
      }),
    ),
  );
  return [...repeated, ...again];
}

function names(file: string, source: string): readonly Fault[] {
  return namesIn(source)
    .filter(({ name }) => !isName(name))
    .map(({ name, at }) => {
      const near = nearest(name, everyName());
      const line = source.slice(0, at).split('\n').length;
      return { file, line, what: `unknown name {{${name}}}${near ? `, did you mean {{${near}}}?` : ''}` };
    });
}

function everyName(): readonly string[] {
  return allNames().flatMap((one) =>
    one.endsWith('COMPONENT')
      ? ['kube-scheduler', 'kube-controller-manager'].map((component) => one.replace('COMPONENT', component))
      : [one],
  );
}
