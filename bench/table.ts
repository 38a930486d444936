// Rows as a Markdown table, and bench/README.md with the newest table of each measurement.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load, machine } from './machine.ts';
import type { Row } from './measurement.ts';

const readme = join(import.meta.dirname, 'README.md');

export function table(rows: readonly Row[]): string {
  const cells = ['| what | measured | beside | bound | |', '|---|---|---|---|---|'];
  for (const { what, measured, beside, bound, kept } of rows)
    cells.push(`| ${[what, measured, beside, bound, verdict(kept)].join(' | ')} |`);
  return cells.join('\n');
}

/** Puts a measurement's rows in their place in bench/README.md, with when and where they were measured. */
export async function keep(name: string, rows: readonly Row[]): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  await keepText(name, `${table(rows)}\n\nMeasured ${day} at load ${load()} on ${machine()}.`);
}

/** Puts a text of any kind in its place in bench/README.md. */
export async function keepText(name: string, text: string): Promise<void> {
  const before = await readFile(readme, 'utf8');
  const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`);
  if (!place.test(before)) throw new Error(`bench/README.md has no place for ${name}`);
  await writeFile(
    readme,
    before.replace(place, (_, begin: string, end: string) => `${begin}${text}\n${end}`),
  );
}

function verdict(kept: boolean | null): string {
  if (kept === null) return '';
  return kept ? 'kept' : '**passed**';
}
