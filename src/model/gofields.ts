// Structured klog messages: `"text" key="value" other=3`, with Go's quoting.
import { sanitise } from './sanitise.ts';

export interface Structured {
  readonly text: string;
  /** The value of a key, unquoted and safe to draw; null when it is not there. */
  field(key: string): string | null;
}

const quoted = /^"((?:[^"\\]|\\.)*)"/;
const pair = / ([^\s="]+)=("(?:[^"\\]|\\.)*"|[^\s"]*)/y;
const escaped = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gi;

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** The parts of a structured message; null when it is not one. Keys are looked for only when asked. */
export function structured(message: string): Structured | null {
  const found = quoted.exec(message);
  if (!found) return null;
  let fields: Map<string, string> | null = null;
  return {
    text: unquote(found[1] ?? ''),
    field: (key) => {
      fields ??= fieldsFrom(message, found[0].length);
      return fields.get(key) ?? null;
    },
  };
}

function fieldsFrom(message: string, start: number): Map<string, string> {
  const fields = new Map<string, string>();
  pair.lastIndex = start;
  for (let found = pair.exec(message); found; found = pair.exec(message)) {
    const [, key = '', value = ''] = found;
    fields.set(key, value.startsWith('"') ? unquote(value.slice(1, -1)) : value);
  }
  return fields;
}

function unquote(text: string): string {
  if (!text.includes('\\')) return text;
  const plain = text.replace(escaped, (_, byte?: string, four?: string, eight?: string, letter = '') => {
    const hex = byte ?? four ?? eight;
    if (hex === undefined) return letters[letter] ?? letter;
    const code = Number.parseInt(hex, 16);
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });
  return sanitise(plain);
}
