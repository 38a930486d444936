// Reads YAML of a known shape: each mistake with file, line and what was meant.
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { knownKeys } from '../inventory/knownkeys.ts';
import { type Mistake, mistakesOf, offsetOf } from '../inventory/mistakes.ts';

export interface Fault {
  readonly file: string;
  readonly line: number;
  /** What is wrong and what was probably meant, without a full stop. */
  readonly what: string;
}

export type Parsed<T> =
  | { readonly value: T; readonly faults: readonly []; readonly lineOf: LineOf }
  | { readonly value: null; readonly faults: readonly Fault[] };

/** The line a value is written at, by its path; that of the nearest one around it where it is left out. */
export type LineOf = (path: readonly PropertyKey[]) => number;

export interface YamlSource {
  readonly file: string;
  readonly text: string;
  /** Lines of the file before `text` begins. */
  readonly linesBefore?: number;
}

export function parseYaml<T>(schema: z.ZodType<T>, { file, text, linesBefore = 0 }: YamlSource): Parsed<T> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const refused = (mistakes: readonly Mistake[]): Parsed<T> => ({
    value: null,
    faults: worthTelling(mistakes).map(({ offset, sentence }) => ({
      file,
      line: lineCounter.linePos(offset).line + linesBefore,
      what: sentence,
    })),
  });
  if (document.errors.length > 0) {
    return refused(
      document.errors.map(({ pos, message }) => ({ offset: pos[0], sentence: `not valid YAML: ${message}` })),
    );
  }
  const root: unknown = document.toJS({ maxAliasCount: 100 });
  const parsed = schema.safeParse(root);
  if (parsed.success) {
    const lineOf: LineOf = (path) => lineCounter.linePos(offsetOf(document, path, 'key')).line + linesBefore;
    return { value: parsed.data, faults: [], lineOf };
  }
  const shape = placesOf(schema);
  const written = { document, root, keysAt: (path: readonly PropertyKey[]) => knownKeys(shape, path) };
  return refused(parsed.error.issues.flatMap((issue) => mistakesOf(named(issue), written)));
}

/** A union told apart by one key is a choice like any other: that key has the wrong value. */
function named(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || !('options' in issue) || !Array.isArray(issue.options)) return issue;
  const { path, message } = issue;
  return { code: 'invalid_value', values: issue.options, path, message };
}

function placesOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    io: 'input',
    override({ jsonSchema }) {
      if (jsonSchema.oneOf) jsonSchema.anyOf = jsonSchema.oneOf;
    },
  });
}

/** In the order of the file; a mistyped key explains the missing one. */
function worthTelling(mistakes: readonly Mistake[]): readonly Mistake[] {
  const mistyped = mistakes.flatMap(({ about }) => (about?.is === 'mistyped' ? [about.key] : []));
  return mistakes
    .filter(({ about }) => about?.is !== 'missing' || !mistyped.includes(about.key))
    .toSorted((one, other) => one.offset - other.offset);
}
