// kha-lab labs list and lint: which labs there are, and every mistake in one, with file, line and what was meant.
import { relative } from 'node:path';
import { labNames, labsIn, labsMeant } from '../lab/find.ts';
import { lintLab } from '../lab/lint.ts';
import { labsFolder } from '../lab/places.ts';
import { tryReadLab } from '../lab/read.ts';
import type { Fault } from '../lab/yamlfile.ts';
import { exits } from '../model/failure.ts';
import type { CommonFlags } from './flags.ts';
import type { Surroundings } from './surroundings.ts';

/** The labs of the package, and those in the folder the command is run in. */
export async function labsList(flags: CommonFlags, { stdout, cwd }: Surroundings): Promise<number> {
  const names = await labNames();
  const own = names.map((name) => ({ run: `kha-lab lab ${name}`, folder: `${labsFolder()}/${name}` }));
  const here = (await labsIn(cwd))
    .filter((folder) => own.every((one) => one.folder !== folder))
    .map((folder) => ({ run: `kha-lab lab ${shown(folder, cwd)}`, folder }));
  const labs = await Promise.all(
    [...own, ...here].map(async ({ run, folder }) => {
      const { lab } = await tryReadLab(folder);
      return {
        run,
        folder,
        title: lab?.title ?? null,
        summary: lab?.summary ?? null,
        language: lab?.language ?? null,
        steps: lab?.steps.length ?? null,
      };
    }),
  );
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, labs })}\n`);
  else
    for (const { run, title, summary, steps } of labs) {
      const about = title === null ? 'has mistakes: kha-lab labs lint' : `${title}, ${steps} steps`;
      stdout.write(`${run}\n  ${about}\n${summary === null || flags.quiet ? '' : `  ${summary.trim()}\n`}`);
    }
  return exits.good;
}

export async function labsLint(
  flags: CommonFlags,
  { stdout, cwd }: Surroundings,
  ...folders: string[]
): Promise<number> {
  const meant = await labsMeant(folders, cwd);
  const labs = await Promise.all(meant.map(async (folder) => ({ folder, mistakes: await lintLab(folder) })));
  const bad = labs.filter(({ mistakes }) => mistakes.length > 0);
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, ok: bad.length === 0, labs })}\n`);
  else for (const lab of labs) stdout.write(tellLab(lab, cwd, flags.quiet === true));
  return bad.length === 0 ? exits.good : exits.failed;
}

interface Linted {
  readonly folder: string;
  readonly mistakes: readonly Fault[];
}

function tellLab({ folder, mistakes }: Linted, cwd: string, quiet: boolean): string {
  const name = shown(folder, cwd);
  if (mistakes.length === 0) return quiet ? '' : `${name}: no mistake\n`;
  const lines = mistakes.map(({ file, line, what }) => `${shown(file, cwd)}:${line}: ${what}`);
  const many = mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`;
  return `${lines.join('\n')}\n${quiet ? '' : `${name}: ${many}\n`}`;
}

/** A path as a person here would write it: one that the command line knows for a path, never for a name. */
export function shown(path: string, cwd: string): string {
  const near = relative(cwd, path);
  if (near === '') return '.';
  if (near.startsWith('..')) return path;
  return near.includes('/') ? near : `./${near}`;
}
