// The published format is the one that is read: schema, documentation and model name the same kinds, and recordings keep to it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { recordingJsonSchema } from '../../src/recording/schema/observation.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const schema = () => JSON.parse(text('schema/recording.json'));

/** Every kind that the model's files of the stream name, read from their source. */
const kinds = ['observation', 'runbegun', 'waysseen']
  .flatMap((file) => [...text(`src/model/${file}.ts`).matchAll(/readonly kind: '(\w+)'/g)])
  .map(([, kind = '']) => kind);

describe('schema/recording.json', () => {
  it('is not stale: KHA_WRITE_SCHEMA=1 npx vitest run test/recording writes it', () => {
    if (process.env.KHA_WRITE_SCHEMA)
      writeFileSync(
        join(root, 'schema/recording.json'),
        `${JSON.stringify(recordingJsonSchema(), null, 2)}\n`,
      );
    expect(schema()).toEqual(recordingJsonSchema());
  });

  it('has every kind of observation, and so has docs/recording-format.md', () => {
    const described = schema().oneOf.map(
      (one: { properties: { kind: { const: string } } }) => one.properties.kind.const,
    );
    expect(kinds.length).toBeGreaterThan(15);
    expect(described.toSorted()).toEqual(kinds.toSorted());
    const rows = [...text('docs/recording-format.md').matchAll(/^\| `(\w+)` \| /gm)].map(([, name]) => name);
    expect(rows).toEqual(expect.arrayContaining(kinds));
  });

  it.each(['stop-endpoints', 'kill-leases', 'lab'])('describes every line of the recording %s', (name) => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema());
    const recording = gunzipSync(readFileSync(join(root, `test/fixtures/recordings/${name}.ndjson.gz`)));
    const lines = recording.toString('utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(500);
    const wrong = lines.filter((line) => !validate(JSON.parse(line)));
    expect(wrong).toEqual([]);
  });

  it('does not describe what is no observation', () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema());
    const end = { seq: 3, atMs: 5, errorMs: 0, host: null, kind: 'end', exit: 0 };
    expect(validate(end)).toBe(true);
    for (const key of Object.keys(end)) {
      const { [key]: _, ...less } = end as Record<string, unknown>;
      expect(validate(less)).toBe(false);
    }
  });
});
