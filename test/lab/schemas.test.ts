// The published schemas of labs are the ones the program reads them by.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labSchemas } from '../../src/lab/schemas.ts';

const files = ['lab.json', 'lab-step.json', 'lab-texts.json', 'lab-step-texts.json'] as const;

test('each schema of labs is among them', () => {
  expect(Object.keys(labSchemas()).toSorted()).toEqual([...files].toSorted());
});

test.each(files)('schema/%s is not stale: KHA_WRITE_SCHEMA=1 npx vitest run test/lab writes it', (name) => {
  const file = join(import.meta.dirname, '../../schema', name);
  const schema = labSchemas()[name];
  if (process.env.KHA_WRITE_SCHEMA) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});
