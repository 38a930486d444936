// Finds the files that an ssh_config `Include` names: `~`, a folder of its own for relative names, and wildcards.
import { readdir } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { matchesPattern } from './patterns.ts';

/** Existing files that match, in OpenSSH's order: sorted by name. A file that is not there is not an error. */
export async function includedFiles(
  pattern: string,
  options: { home: string; folder: string },
): Promise<string[]> {
  const expanded = pattern.startsWith('~/') ? join(options.home, pattern.slice(2)) : pattern;
  const absolute = isAbsolute(expanded) ? expanded : join(options.folder, expanded);
  let found = ['/'];
  for (const part of absolute.split('/').filter(Boolean)) {
    const next: string[] = [];
    for (const folder of found) {
      if (!/[*?]/.test(part)) {
        next.push(join(folder, part));
        continue;
      }
      const names = await readdir(folder).catch(() => []);
      const hidden = part.startsWith('.');
      const matching = names.filter((name) => name.startsWith('.') === hidden && matchesPattern(name, part));
      next.push(...matching.sort().map((name) => join(folder, name)));
    }
    found = next;
  }
  return found;
}

/** Where relative names in `file` are looked for: the machine's folder for its own file, else the user's `~/.ssh`. */
export function includeFolder(file: string, home: string): string {
  return file.startsWith('/etc/ssh/') ? dirname(file) : join(home, '.ssh');
}
