// systemd's own quoting of command lines, which is not a shell's.

const word = /(?:[^\s"'\\]|\\(?:.|$)|"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$))+/gs;
const piece = /"((?:[^"\\]|\\.)*)(?:"|$)|'((?:[^'\\]|\\.)*)(?:'|$)|((?:[^"'\\]|\\(?:.|$))+)/gs;
const escaped = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{3})|(.?))/gis;
const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  s: ' ',
};

/**
 * The words of a setting. `${NAME}` is replaced inside a word, `$NAME` as a whole word by its own words; names that are
 * not known (from an EnvironmentFile) stay as they are. `%%` and `$$` are plain signs.
 */
export function wordsOf(
  value: string,
  environment: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  return [...value.matchAll(word)].flatMap(([raw]) => {
    const known = environment.get(/^\$(\w+)$/.exec(raw)?.[1] ?? '');
    if (known !== undefined) return known.split(/\s+/).filter((part) => part !== '');
    return [filled(unquoted(raw), environment)];
  });
}

function unquoted(raw: string): string {
  return raw.replace(piece, (_, double?: string, single?: string, bare?: string) =>
    unescaped(double ?? single ?? bare ?? ''),
  );
}

function filled(text: string, environment: ReadonlyMap<string, string>): string {
  return text
    .replace(/\$\$|\$\{(\w+)\}/g, (all, name?: string) =>
      name === undefined ? '$' : (environment.get(name) ?? all),
    )
    .replaceAll('%%', '%');
}

function unescaped(text: string): string {
  return text.replace(
    escaped,
    (_, byte?: string, four?: string, eight?: string, octal?: string, letter = '') => {
      const hex = byte ?? four ?? eight;
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (hex === undefined) return letters[letter] ?? letter;
      const code = Number.parseInt(hex, 16);
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    },
  );
}
