// From Ink's input events to key names: several keys in one read, Esc pairs, split sequences, pastes.
import type { Key as InkKey } from 'ink';
import { type Background, backgroundIn } from './background.ts';

export type KeyPress =
  | { readonly sort: 'key'; readonly name: string }
  /** Pasted text: for text fields only, never obeyed. */
  | { readonly sort: 'paste'; readonly text: string }
  /** The terminal's answer to what its background is. */
  | { readonly sort: 'background'; readonly background: Background };

/** Remembers between events an open bracketed paste, and what may be the beginning or the end of an answer. */
export interface InputMemory {
  paste: string | null;
  /** The terminal was asked for its background and has not answered yet. */
  asked: boolean;
  /** A bracket that is a key, or the beginning of the answer: the next event says which. */
  bracket: boolean;
  /** An answer was read; its terminator may come as an event of its own. */
  answered: boolean;
}

export const nothingRead: InputMemory = { paste: null, asked: false, bracket: false, answered: false };

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
] as const;

/** The key presses of one Ink input event, in order. */
export function keyPresses(input: string, key: InkKey, memory: InputMemory): readonly KeyPress[] {
  const background = backgroundIn(input);
  if (background !== null) {
    Object.assign(memory, { asked: false, bracket: false, answered: !input.endsWith('\x07') });
    return [{ sort: 'background', background }];
  }
  const before = bracketPress(memory);
  if (memory.asked && input === ']' && memory.paste === null) {
    memory.bracket = true;
    return before;
  }
  const isTerminator = memory.answered && input === '\\';
  memory.answered = false;
  return isTerminator ? before : [...before, ...pressesIn(input, key, memory)];
}

/** The held bracket as the key that it was after all. */
export function bracketPress(memory: InputMemory): readonly KeyPress[] {
  const { bracket } = memory;
  memory.bracket = false;
  return bracket ? [{ sort: 'key', name: ']' }] : [];
}

function pressesIn(input: string, key: InkKey, memory: InputMemory): readonly KeyPress[] {
  if (input.endsWith('[200~')) {
    memory.paste = '';
    return [];
  }
  if (memory.paste !== null) {
    if (!input.endsWith('[201~')) {
      memory.paste += input;
      return [];
    }
    const text = memory.paste + input.slice(0, -'[201~'.length);
    memory.paste = null;
    return [{ sort: 'paste', text }];
  }
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name !== undefined) return [{ sort: 'key', name }];
  if (key.escape) return [{ sort: 'key', name: 'escape' }];
  if (key.ctrl && input.length === 1) return [{ sort: 'key', name: `ctrl+${input}` }];
  // A slow line may split an arrow key into Esc and its tail: the tail is no text.
  if (/^(\[[0-9;?<]*[A-Za-z~]|O[A-Z])$/.test(input)) return [];
  // No terminal types this fast: a paste where pastes are not marked.
  if (input.length > 16 && new Set(input).size > 3) return [{ sort: 'paste', text: input }];
  const pressed = [...input].flatMap((character) => nameOf(character));
  const withEscape = key.meta ? ['escape', ...pressed] : pressed;
  return withEscape.map((each) => ({ sort: 'key', name: each }));
}

export function nameOf(character: string): readonly string[] {
  if (character === '\r' || character === '\n') return ['enter'];
  if (character === '\x7f' || character === '\b') return ['backspace'];
  if (character === '\t') return ['tab'];
  if (character === '\x1b') return ['escape'];
  if (character === ' ') return ['space'];
  if (character >= '\x01' && character <= '\x1a')
    return [`ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}`];
  return character < ' ' ? [] : [character];
}
