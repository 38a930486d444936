// kha-lab labs new: begins a lab and says what to do with it.
import { join, resolve } from 'node:path';
import { newLab } from '../lab/newlab.ts';
import { exits } from '../model/failure.ts';
import type { CommonFlags } from './flags.ts';
import { shown } from './labs.ts';
import type { Surroundings } from './surroundings.ts';

export async function labsNew(flags: CommonFlags, { stdout, cwd }: Surroundings, word = ''): Promise<number> {
  const folder = await newLab(resolve(cwd, word));
  const name = shown(folder, cwd);
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, folder })}\n`);
  else
    stdout.write(
      [
        `${name} is a lab of two steps. Change ${join(name, 'lab.yaml')} and the step.md files, then:`,
        `  kha-lab labs lint ${name}    every mistake, with file and line`,
        `  kha-lab labs test ${name}    walks it twice in a sandbox`,
        `  kha-lab lab ${name}          the lab itself`,
        '',
      ].join('\n'),
    );
  return exits.good;
}
