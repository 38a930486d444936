// How far somebody got in a lab: told, forgotten, or passed over to a step by its name.
import { basename } from 'node:path';
import { nearest } from '../inventory/nearest.ts';
import { fileProgress } from '../lab/progress.ts';
import { progressFile } from '../lab/progressplace.ts';
import { readLab } from '../lab/read.ts';
import { wordsIn } from '../lab/words/words.ts';
import { type Exit, exits, KhaError } from '../model/failure.ts';
import { texts } from '../tui/words/words.ts';
import { readLabIn } from './lablanguage.ts';
import type { LabFlags } from './labsession.ts';
import type { Surroundings } from './surroundings.ts';

/** Every step with its state: `done`, `here` (where one left) or `open`. */
export async function listSteps(
  folder: string,
  { flags, surroundings }: { readonly flags: LabFlags; readonly surroundings: Surroundings },
): Promise<Exit> {
  const { stdout, env } = surroundings;
  const lab = await readLabIn(folder, { lang: flags.lang, env });
  const kept = await fileProgress(progressFile(lab.name, env, flags.seat)).load();
  const passed = new Set(kept?.passed);
  const steps = lab.steps.map(({ id, title }) => {
    const state = passed.has(id) ? 'done' : kept?.step === id ? 'here' : 'open';
    return { id, title, state } as const;
  });
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, lab: lab.name, title: lab.title, steps })}\n`);
  else {
    const width = Math.max(...steps.map(({ id }) => id.length));
    const { states } = wordsIn(lab);
    const stateWidth = Math.max(...Object.values(states).map((word) => word.length));
    const lines = steps.map(
      ({ id, title, state }) => `${states[state].padEnd(stateWidth)}  ${id.padEnd(width)}  ${title}`,
    );
    stdout.write(`${lab.title}\n${lines.join('\n')}\n`);
  }
  return exits.good;
}

/** Forgets it: the next start is at the first step. */
export async function forgetProgress(
  folder: string,
  { flags, surroundings }: { readonly flags: LabFlags; readonly surroundings: Surroundings },
): Promise<Exit> {
  const { stdout, env } = surroundings;
  const name = basename(folder);
  await fileProgress(progressFile(name, env, flags.seat)).clear();
  stdout.write(`${texts().forgotten(name)}\n`);
  return exits.good;
}

/** Better said before masters are reached. @throws KhaError `no-such-step` (exit 2) */
export async function expectStep(folder: string, wanted: string): Promise<void> {
  const ids = (await readLab(folder)).steps.map(({ id }) => id);
  if (ids.includes(wanted)) return;
  const near = nearest(wanted, ids);
  throw new KhaError({
    code: 'no-such-step',
    exit: exits.usage,
    message: `The lab ${basename(folder)} has no step \`${wanted}\`.`,
    tryThis: near ? `Did you mean \`${near}\`?` : `Its steps: ${ids.join(', ')}.`,
  });
}
