// The page for writers of labs names all there is: checks, names, conditions, and every lab in the folder is fit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/lab/checks/vocabulary.ts';
import { condition } from '../../src/lab/conditions.ts';
import { labNames } from '../../src/lab/find.ts';
import { lintLab } from '../../src/lab/lint.ts';
import { allNames } from '../../src/lab/names.ts';
import { labsFolder } from '../../src/lab/places.ts';

const page = readFileSync(join(labsFolder(), 'README.md'), 'utf8');

test.each([
  ['check', check.options.map((option) => option.shape.is.value)],
  ['name', allNames().map((name) => name.replace('.COMPONENT', ''))],
  ['condition', condition.options],
])('names every %s', (_, known) => {
  expect(known.filter((one) => !page.includes(`\`${one}\``))).toEqual([]);
});

test('every lab of the package is fit to be used', async () => {
  for (const name of await labNames()) expect(await lintLab(join(labsFolder(), name))).toEqual([]);
});
