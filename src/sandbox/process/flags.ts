// Reads a component's command line the way the real ones do: `--name=value`, `--name value`, `_` as good as `-`.

export type Flags = ReadonlyMap<string, string>;

/**
 * Flags by name without dashes; the last one wins. A flag without a value is `true`. Unknown ones are kept:
 * the same unit must start a sandbox component and a real one. Quotes around a whole value are taken off.
 */
export function readFlags(argv: readonly string[]): Flags {
  const flags = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (!word.startsWith('-')) continue;
    const [name = '', ...rest] = word.replace(/^--?/, '').split('=');
    const next = argv[index + 1];
    let value = 'true';
    if (rest.length > 0) value = rest.join('=');
    else if (next !== undefined && !next.startsWith('-')) {
      value = next;
      index += 1;
    }
    flags.set(name.replaceAll('_', '-'), value.replace(/^"(.*)"$/, '$1'));
  }
  return flags;
}

/** A flag that must be there. @throws Error in the words of a command line. */
export function required(flags: Flags, name: string): string {
  const value = flags.get(name);
  if (value === undefined) throw new Error(`--${name} must be specified`);
  return value;
}
