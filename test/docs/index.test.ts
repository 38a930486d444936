// docs/README.md leads to every page, and every command is told of on one of them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/commands/program.ts';
import { root, textOf } from './pages.ts';

const names = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');

it('the index leads to each page once', () => {
  const linked = [...textOf('docs/README.md').matchAll(/^\| \[[^\]]+\]\(([^)]+)\)/gm)].map(
    ([, name]) => name,
  );
  expect(linked.toSorted()).toEqual(names.toSorted());
  expect(textOf('README.md')).toContain('](docs/README.md)');
});

it('each command has its place', () => {
  const text = names.map((name) => textOf(`docs/${name}`)).join('\n');
  const commands = createProgram(() => {}).commands.map((one) => one.name());
  expect(commands.filter((name) => !new RegExp(`kha-lab ${name}\\b`).test(text))).toEqual([]);
});
