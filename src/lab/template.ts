// Fills `{{names}}` in a text with what was measured; what is not known is `…`.

const pattern = /\{\{\s*([^{}]*?)\s*\}\}/g;

export const unknown = '…';

export interface Filled {
  readonly text: string;
  /** Names that had no value. */
  readonly missing: readonly string[];
}

export function fill(text: string, value: (name: string) => string | null): Filled {
  const missing: string[] = [];
  const filled = text.replace(pattern, (_, name: string) => {
    const found = value(name);
    if (found === null) missing.push(name);
    return found ?? unknown;
  });
  return { text: filled, missing };
}

/** Every name a text asks for, with the offset it stands at. */
export function namesIn(text: string): readonly { readonly name: string; readonly at: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({ name: match[1] ?? '', at: match.index }));
}
