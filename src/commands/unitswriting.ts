// Writes unit files into a folder, one folder a master; what is there already and differs is not written over unasked.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';

export interface WrittenFile {
  /** As the folder was named. */
  readonly path: string;
  readonly how: 'wrote' | 'unchanged' | 'replaced';
}

/**
 * All of them or none, as far as files in the way go.
 * @throws KhaError `units-exist` (exit 2) where other files are in the way; `units-not-written` (exit 2)
 */
export function writeUnits(
  folder: string,
  files: readonly { readonly path: string; readonly text: string }[],
  { cwd, force }: { readonly cwd: string; readonly force?: boolean | undefined },
): readonly WrittenFile[] {
  const found = files.map((file) => ({ ...file, before: readText(resolve(cwd, folder, file.path)) }));
  const inTheWay = found.filter(({ text, before }) => before !== null && before !== text);
  if (inTheWay.length > 0 && !force) throw exist(inTheWay.map(({ path }) => join(folder, path)));
  return found.map(({ path, text, before }): WrittenFile => {
    const shown = join(folder, path);
    if (before === text) return { path: shown, how: 'unchanged' };
    try {
      mkdirSync(dirname(resolve(cwd, folder, path)), { recursive: true });
      writeFileSync(resolve(cwd, folder, path), text);
    } catch (cause) {
      throw notWritten(shown, cause);
    }
    return { path: shown, how: before === null ? 'wrote' : 'replaced' };
  });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw notWritten(path, cause);
  }
}

function exist(paths: readonly string[]): KhaError {
  return new KhaError({
    code: 'units-exist',
    exit: exits.usage,
    message: `Nothing was written: ${paths.join(', ')} ${paths.length === 1 ? 'is' : 'are'} there already, and not the same.`,
    tryThis: 'Name another folder with --out, or write over them with --force.',
  });
}

function notWritten(path: string, cause: unknown): KhaError {
  return new KhaError({
    code: 'units-not-written',
    exit: exits.usage,
    message: `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    tryThis: 'Name another folder with --out.',
    cause,
  });
}
