// Holds a lab's texts in other languages to their format: whole, nothing too much, and as short as the lab's own.
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lengths } from './lintlengths.ts';
import { namesFault } from './lintnames.ts';
import type { LabParts, StepRead } from './read.ts';
import { languagesOf, readHead, readStepTexts } from './readtranslation.ts';
import { stepIn } from './translation.ts';
import { gapsIn, placeIn } from './translationgaps.ts';
import type { Fault } from './yamlfile.ts';

export async function lintTranslations({ folder, steps }: LabParts): Promise<readonly Fault[]> {
  const languages = await languagesOf(folder);
  const heads = languages.map(async (language) => (await readHead(folder, language)).faults);
  const told = languages.flatMap((language) => steps.map((read) => lintTexts(folder, read, language)));
  const lost = steps.map((read) => headless(read, languages));
  return (await Promise.all([...heads, ...told, ...lost])).flat();
}

async function lintTexts(folder: string, { step }: StepRead, language: string): Promise<readonly Fault[]> {
  const { file, source, texts, faults, lineOf, textLine } = await readStepTexts(folder, { step, language });
  if (texts === null) return faults;
  const tooLong = lengths(stepIn(step, texts)).map(({ what, at }) => ({ what, at: placeIn(step, at) }));
  return [
    ...[...gapsIn(step, texts), ...tooLong].map(({ what, at }) => ({
      file,
      what,
      line: at === 'text' ? textLine : lineOf(at),
    })),
    ...namesFault(file, source),
  ];
}

/** Texts in a language that lab.yaml has none of: nobody would ever be told them. */
async function headless({ file }: StepRead, languages: readonly string[]): Promise<readonly Fault[]> {
  return (await readdir(dirname(file))).flatMap((name) => {
    const language = /^step\.([a-z]{2,3})\.md$/.exec(name)?.[1];
    if (language === undefined || languages.includes(language)) return [];
    const what = `there is no lab.${language}.yaml, so the lab is not told in that language`;
    return [{ file: join(dirname(file), name), line: 1, what }];
  });
}
