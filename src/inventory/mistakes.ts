// What is wrong in an inventory, as sentences with the place in the file.
import { type Document, isCollection, isMap, isScalar, type LineCounter, type Node } from 'yaml';
import type { z } from 'zod';
import { nearest } from './nearest.ts';

export interface Mistake {
  readonly offset: number;
  readonly sentence: string;
  /** The key that is missing, or that a mistyped one was meant to be. */
  readonly about?: { readonly key: string; readonly is: 'missing' | 'mistyped' };
}

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Where `path` is written: its key for an entry of a map, else its value; the nearest parent when it is missing. */
export function offsetOf(document: Document, path: Path, at: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        ({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(last),
      );
      const node = at === 'key' || length < path.length ? pair?.key : (pair?.value ?? pair?.key);
      const range = (node as Node | undefined)?.range ?? (pair?.key as Node | undefined)?.range;
      if (range) return range[0];
    } else if (isCollection(parent)) {
      const range = (parent.get(last, true) as Node | undefined)?.range;
      if (range) return range[0];
    }
  }
  return document.contents?.range?.[0] ?? 0;
}

const written = (path: Path) =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part + 1}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'boolean') return `${value} (true or false)`;
  if (typeof value === 'number') return `the number ${value}`;
  const text = String(value);
  return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`;
}

/** Characters of a wrong value that are shown: a file of another kind may be all one text. */
const longest = 60;

const kindsWanted: Readonly<Record<string, string>> = {
  object: 'a map (key: value)',
  record: 'a map (key: value)',
  array: 'a list (lines that begin with "-")',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
};

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (value !== null && typeof value === 'object' ? Reflect.get(value, part) : undefined),
    root,
  );

const wrongKind = (issues: readonly Issue[]) =>
  issues.some(({ path, code }) => path.length === 0 && code === 'invalid_type');

export interface WrittenText {
  readonly document: Document;
  readonly root: unknown;
  /** Known keys at a path, for "did you mean". */
  readonly keysAt: (path: Path) => readonly string[];
}

/** The mistakes behind one issue; several unknown keys are several mistakes. */
export function mistakesOf(issue: Issue, text: WrittenText, above: Path = []): readonly Mistake[] {
  const path = [...above, ...issue.path];
  const where = written(path) || 'the file';
  const found = valueAt(text.root, path);
  const here = (sentence: string): readonly Mistake[] => [
    { offset: offsetOf(text.document, path, 'value'), sentence },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = text.keysAt(path);
        const meant = nearest(key, known);
        return {
          ...(meant === null ? {} : { about: { key: written([...path, meant]), is: 'mistyped' as const } }),
          offset: offsetOf(text.document, [...path, key], 'key'),
          sentence:
            meant === null
              ? `"${key}" is not known${path.length ? ` in ${where}` : ' here'}; known are ${known.join(', ')}`
              : `"${key}" is not known${path.length ? ` in ${where}` : ' here'}; did you mean "${meant}"?`,
        };
      });
    case 'invalid_union': {
      // The branch that fits the kind of value is the one that was meant.
      const branch = issue.errors.find((errors) => !wrongKind(errors));
      if (branch !== undefined) return branch.flatMap((inner) => mistakesOf(inner, text, path));
      const wanted = issue.errors.flatMap((errors) =>
        errors.map((inner) =>
          inner.code === 'invalid_type' ? (kindsWanted[inner.expected] ?? inner.expected) : '',
        ),
      );
      return here(`${where} is ${kindOf(found)}, but should be ${wanted.filter(Boolean).join(' or ')}`);
    }
    case 'invalid_type':
      return found === undefined
        ? here(`${where} is missing`).map((each) => ({
            ...each,
            about: { key: where, is: 'missing' as const },
          }))
        : here(
            `${where} is ${kindOf(found)}, but should be ${kindsWanted[issue.expected] ?? issue.expected}`,
          );
    case 'invalid_value': {
      const values = issue.values.map(String);
      const meant = typeof found === 'string' ? nearest(found, values) : null;
      const list = values.join(' or ');
      return here(
        `${where} is ${kindOf(found)}, but should be ${list}${meant ? `; did you mean "${meant}"?` : ''}`,
      );
    }
    case 'invalid_format':
      return here(`${where} is ${kindOf(found)}, but should be ${issue.message}`);
    case 'too_small':
      return here(
        issue.origin === 'number' || issue.origin === 'int'
          ? `${where} is ${kindOf(found)}, but should be at least ${issue.minimum}`
          : `${where} is empty`,
      );
    case 'too_big':
      return here(`${where} is ${kindOf(found)}, but should be at most ${issue.maximum}`);
    default:
      return here(issue.message);
  }
}

/** The first mistake with its place, and how many more there are. */
export function describeMistakes(mistakes: readonly Mistake[], file: string, lines: LineCounter): string {
  // A mistyped key explains the missing one.
  const mistyped = mistakes.flatMap(({ about }) => (about?.is === 'mistyped' ? [about.key] : []));
  const sorted = mistakes
    .filter(({ about }) => about?.is !== 'missing' || !mistyped.includes(about.key))
    .toSorted((one, other) => one.offset - other.offset);
  const first = sorted[0];
  if (first === undefined) return `${file}: not a valid inventory`;
  const { line, col } = lines.linePos(first.offset);
  const more = sorted.length - 1;
  const rest = more === 0 ? '' : ` (and ${more} more mistake${more === 1 ? '' : 's'})`;
  return `${file}:${line}:${col}: ${first.sentence}${rest}`;
}
