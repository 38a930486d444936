// Which language a lab is told in, and the screens speak: the one asked for, else that of the environment, else the lab's own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab/format.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { speak } from '../tui/words/words.ts';

/** As `--lang`, LC_ALL, LC_MESSAGES or LANG say; undefined where none of them names one. */
export function languageAsked(flag: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const said = flag ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG);
  return /^([a-z]{2,3})(?![a-z])/.exec(said ?? '')?.[1];
}

/** Before the first frame of any screens. */
export function speakAsked(flag: string | undefined, env: NodeJS.ProcessEnv): void {
  speak(languageAsked(flag, env));
}

/** A recorded lab is told in the language that it was walked in, and so is what stands around it; other runs as `speakAsked`. */
export function speakAsRun(begun: Observation | undefined, env: NodeJS.ProcessEnv): void {
  const ofLab = begun?.kind === 'run' && begun.lab !== undefined ? begun : null;
  if (ofLab) speak(typeof ofLab.flags?.lang === 'string' ? ofLab.flags.lang : undefined);
  else speakAsked(undefined, env);
}

/**
 * The lab of a folder in that language. Light where its texts are in no other one.
 * @throws KhaError `no-such-language` (exit 2) for a language that was asked for by flag and is not there.
 */
export async function readLabIn(
  folder: string,
  { lang, env }: { readonly lang: string | undefined; readonly env: NodeJS.ProcessEnv },
): Promise<Lab> {
  const { readLab } = await import('../lab/read.ts');
  const lab = await readLab(folder);
  const language = languageAsked(lang, env);
  if (language === undefined || language === lab.language) return lab;
  if (existsSync(join(folder, `lab.${language}.yaml`)))
    return (await import('../lab/readtranslation.ts')).labIn(lab, language);
  if (lang === undefined) return lab;
  const { languagesOf } = await import('../lab/readtranslation.ts');
  throw new KhaError({
    code: 'no-such-language',
    exit: exits.usage,
    message: `The lab ${lab.name} is not told in \`${lang}\`.`,
    tryThis: `It is told in: ${[lab.language, ...(await languagesOf(folder))].join(', ')}.`,
  });
}
