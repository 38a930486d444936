// Flags as Kubernetes' programs read them from a command line.

/** By name, without dashes, `-` for `_`. A boolean flag without a value is `true`. */
export type Flags = ReadonlyMap<string, string>;

/**
 * The flags of a command line (its first word is the program). `--a=b`, `--a b`, `-a b` and a bare `--a` are understood,
 * the last of a name wins; only feature gates add up. Without the program's own table `--a b` is always a value.
 */
export function flagsOf(argv: readonly string[]): Flags {
  const flags = new Map<string, string>();
  const words = argv.slice(1);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    const [, rawName, given] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (rawName === undefined) continue;
    const name = rawName.replaceAll('_', '-');
    const next = words[at + 1];
    const follows = given === undefined && next !== undefined && (!next.startsWith('-') || /^-\d/.test(next));
    if (follows) at += 1;
    const value = given ?? (follows ? next : 'true');
    const before = flags.get(name);
    flags.set(name, name === 'feature-gates' && before !== undefined ? `${before},${value}` : value);
  }
  return flags;
}

/** A boolean flag's value as Go reads it; `otherwise` when it is absent or not one. */
export function booleanFlag(flags: Flags, name: string, otherwise: boolean): boolean {
  const value = flags.get(name);
  if (value !== undefined && /^(?:1|t|true)$/i.test(value)) return true;
  if (value !== undefined && /^(?:0|f|false)$/i.test(value)) return false;
  return otherwise;
}

/** A flag that two masters give differently; null where one of them leaves it out. */
export interface FlagDifference {
  readonly flag: string;
  readonly a: string | null;
  readonly b: string | null;
}

/** The flags that differ, by name. */
export function flagDifferences(a: Flags, b: Flags): readonly FlagDifference[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((flag) => ({ flag, a: a.get(flag) ?? null, b: b.get(flag) ?? null }))
    .filter((flag) => flag.a !== flag.b)
    .sort((x, y) => (x.flag < y.flag ? -1 : 1));
}
