// Holds the direction of imports that ARCHITECTURE.md draws, and the size of files.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** What each folder may import besides itself. `commands` wires everything together. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  units: ['model'],
  inventory: ['model'],
  hosts: ['inventory', 'model'],
  components: ['hosts', 'inventory', 'model'],
  cluster: ['hosts', 'inventory', 'model'],
  experiment: ['components', 'cluster', 'hosts', 'inventory', 'model'],
  lab: ['experiment', 'components', 'cluster', 'hosts', 'inventory', 'model'],
  recording: ['model'],
  publish: ['model'],
  report: ['model'],
  tui: ['model'],
  sandbox: ['units', 'model'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    relative(src, resolve(src, dirname(file), path)),
  );
}

const folderOf = (file: string) => file.split('/')[0] ?? '';

describe('the source', () => {
  it('imports in one direction', () => {
    const wrong = files.flatMap((file) => {
      const mine = folderOf(file);
      const may = allowed[mine];
      if (!may) return [];
      return importsOf(file)
        .filter((path) => folderOf(path) !== mine && !may.includes(folderOf(path)))
        .map((path) => `${file} imports ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the model free of the outside: no node modules, no clock, no randomness', () => {
    const impure = files
      .filter((file) => folderOf(file) === 'model')
      .filter((file) =>
        /from 'node:|from '(?!\.)|Date\.now|new Date\(\)|performance\.|Math\.random/.test(
          readFileSync(join(src, file), 'utf8'),
        ),
      );
    expect(impure).toEqual([]);
  });

  it('keeps files short: none over 300 lines, half of them under 75', () => {
    const lengths = files.map((file) => ({
      file,
      lines: readFileSync(join(src, file), 'utf8').split('\n').length,
    }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(75);
  });

  it('says in the first line of each file why it exists', () => {
    const silent = files.filter((file) => {
      const lines = readFileSync(join(src, file), 'utf8').split('\n');
      return !/^(\/\/|\/\*\*)/.test(lines[0]?.startsWith('#!') ? (lines[1] ?? '') : (lines[0] ?? ''));
    });
    expect(silent).toEqual([]);
  });
});
