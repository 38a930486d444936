// Builds the two candidates' programs: client-go's once for its sources, ours each time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { cacheFolder } from '../masters/harness/places.ts';
import type { Side } from './happening.ts';

/** The argv each side's candidate begins with. */
export type Programs = Readonly<Record<Side, readonly string[]>>;

const sources = join(import.meta.dirname, 'client-go');

export async function buildPrograms(folder: string): Promise<Programs> {
  const ours = join(folder, 'contender.mjs');
  const [theirs] = await Promise.all([
    buildTheirs(),
    build({
      entryPoints: [join(import.meta.dirname, 'contender.ts')],
      outfile: ours,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      logLevel: 'warning',
    }),
  ]);
  return { ours: [process.execPath, ours], theirs: [theirs] };
}

/** The program, from the cache where these very sources were built before; the first build fetches the modules. */
async function buildTheirs(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(sources, file)));
  const folder = join(cacheFolder(), 'conformance');
  const program = join(folder, `candidate-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  // go.mod and go.sum name every module with its hash: nothing is resolved anew.
  const argv = ['build', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', unfinished, '.'];
  await execa('go', argv, { cwd: sources, stdin: 'ignore', stdout: 2, stderr: 'inherit' });
  renameSync(unfinished, program);
  return program;
}
