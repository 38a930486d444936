// Where the sandbox's own programs lie: beside this file in the bundle, all by one pattern.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { quoteForShell } from './quote.ts';

/** The folder of the built programs: this file's own in the bundle, `dist` when run from sources, or what KHA_DIST names. */
export function programFolder(): string {
  if (process.env.KHA_DIST) return process.env.KHA_DIST;
  const here = import.meta.dirname;
  return existsSync(join(here, 'sandbox-supervisor.js')) ? here : join(here, '../../dist');
}

export function programFile(name: string, folder = programFolder()): string {
  return join(folder, `sandbox-${name}.js`);
}

export function hasProgram(name: string, folder = programFolder()): boolean {
  return existsSync(programFile(name, folder));
}

// Small young and old generations: seven such processes share a laptop.
const nodeFlags = ['--max-semi-space-size=2', '--max-old-space-size=96'];

/** A script that becomes the program: its process id is the program's, as a unit's main process should be. */
export function launcher(name: string, folder = programFolder()): string {
  const words = [process.execPath, ...nodeFlags, programFile(name, folder)].map(quoteForShell).join(' ');
  return `#!/bin/sh\nexec ${words} "$@"\n`;
}
