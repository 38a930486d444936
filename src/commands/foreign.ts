// A lab from elsewhere: shows everything it could run, and asks, before any of it is run.
import { resolve, sep } from 'node:path';
import { labsFolder } from '../lab/places.ts';
import { exits, KhaError } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';
import { texts } from '../tui/words/words.ts';
import { readLabIn } from './lablanguage.ts';
import type { LabFlags } from './labsession.ts';
import { agrees } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

/** Whether it came with the package. */
export function isOwn(folder: string): boolean {
  return resolve(folder).startsWith(labsFolder() + sep);
}

/** @throws KhaError `needs-yes` (exit 2) where nobody can be asked; `declined` (exit 2) when the answer is no. */
export async function agreeTo(
  folder: string,
  { flags, surroundings }: { readonly flags: LabFlags; readonly surroundings: Surroundings },
): Promise<void> {
  if (isOwn(folder) || flags.yes || flags.dryRun) return;
  const { deedsOf } = await import('../lab/deeds.ts');
  const lab = await readLabIn(folder, { lang: flags.lang, env: surroundings.env });
  const { stdin, stderr } = surroundings;
  if (!flags.input || flags.json || !hasTerminal(surroundings)) {
    throw new KhaError({
      code: 'needs-yes',
      exit: exits.usage,
      message: `The lab ${folder} is not one of kha-lab's own, and nobody can be asked here whether it may run.`,
      tryThis: 'See what it runs with --dry-run, then give your word with --yes.',
    });
  }
  const deeds = deedsOf(lab);
  const said = texts().questions;
  stderr.write(`${said.notOurs(sanitise(lab.title), folder)}\n`);
  stderr.write(`${deeds.length === 0 ? said.runsNothing : said.mayRun}\n`);
  for (const line of deeds) stderr.write(`  ${sanitise(line)}\n`);
  // A sandbox's masters are folders and processes of this very machine.
  const question = `${flags.inventory === undefined ? said.asYou : ''}${said.goOn}`;
  if (await agrees({ question, input: stdin, output: stderr })) return;
  throw new KhaError({
    code: 'declined',
    exit: exits.usage,
    message: 'Nothing was done.',
    tryThis: 'The labs that come with kha-lab: kha-lab labs list',
  });
}
