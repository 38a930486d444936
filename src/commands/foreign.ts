// A lab from elsewhere: shows everything it could run, and asks, before any of it is run.
import { resolve, sep } from 'node:path';
import { labsFolder } from '../lab/places.ts';
import { exits, KhaError } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';
import type { LabFlags } from './labsession.ts';
import { askLine } from './question.ts';
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
  const [{ readLab }, { deedsOf }] = await Promise.all([import('../lab/read.ts'), import('../lab/deeds.ts')]);
  const lab = await readLab(folder);
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
  stderr.write(`"${sanitise(lab.title)}" (${folder}) is not one of kha-lab's own labs.\n`);
  stderr.write(deeds.length === 0 ? 'It runs no command.\n' : 'It may run:\n');
  for (const line of deeds) stderr.write(`  ${sanitise(line)}\n`);
  const question = `${sandboxNote(flags)}Go on? [yes/no] `;
  if (/^y(es)?$/i.test(await askLine({ question, input: stdin, output: stderr }))) return;
  throw new KhaError({
    code: 'declined',
    exit: exits.usage,
    message: 'Nothing was done.',
    tryThis: 'The labs that come with kha-lab: kha-lab labs list',
  });
}

/** A sandbox's masters are folders and processes of this very machine. */
function sandboxNote({ inventory }: LabFlags): string {
  return inventory === undefined ? 'On a sandbox these run as you, on this machine. ' : '';
}
