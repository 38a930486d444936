// Key names from what a terminal sends, where Ink does not read it.
import { type KeyPress, nameOf } from './input.ts';

const sequences: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[H': 'home',
  '[F': 'end',
};

/** The key presses in one read; escape sequences without a name are left out. */
export function typedPresses(text: string): readonly KeyPress[] {
  const parts = text.match(/\x1b\[[0-9;?]*[A-Za-z~]|\x1bO[A-Z]|[\s\S]/gu) ?? [];
  return parts.flatMap((part) => {
    const names =
      part.length > 1 && part.startsWith('\x1b')
        ? [sequences[part.slice(1).replace('O', '[')]]
        : nameOf(part);
    return names.flatMap((name) => (name === undefined ? [] : { sort: 'key' as const, name }));
  });
}
