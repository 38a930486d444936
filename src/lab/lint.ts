// Holds a lab to more than its format, and finds every mistake: ids, references, names between {{ }}, texts too long.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lengths } from './lintlengths.ts';
import { namesFault } from './lintnames.ts';
import { references } from './lintreferences.ts';
import type { Remark } from './lintremark.ts';
import { lintTranslations } from './linttranslation.ts';
import { type LabParts, readParts, type StepRead, stepFolders } from './read.ts';
import { scriptsOf } from './script.ts';
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
      return namesFault(script, await readFile(script, 'utf8').catch(() => ''));
    }),
  );
  return [
    ...remarks.map(({ what, at }) => ({ file, what, line: at === 'text' ? textLine : lineOf(at) })),
    ...namesFault(file, read.source),
    ...scripts.flat(),
  ];
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
