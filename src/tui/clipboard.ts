// OSC 52: the terminal's own clipboard, also over ssh. Only text that we made or cleaned goes in.
import { harmless } from './line.ts';

export function clipboardCode(text: string): string {
  const clean = text.split('\n').map(harmless).join('\n');
  return `\x1b]52;c;${Buffer.from(clean).toString('base64')}\x07`;
}
