// Whether a terminal is dark or light: what it answers when asked for its background colour (OSC 11).

export type Background = 'dark' | 'light';

/** Terminals that know it answer `ESC ] 11 ; rgb:ffff/ffff/ffff BEL`; the others say nothing. */
export const backgroundQuery = '\x1b]11;?\x07';

/** Ink takes the answer's first two bytes for a key of their own and hands on the rest as one text. */
const answer = /^11;rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i;

/** What the answer says; null: it is none. */
export function backgroundIn(text: string): Background | null {
  const [, red, green, blue] = answer.exec(text) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  const [r, g, b] = [red, green, blue].map((hex) => Number.parseInt(hex, 16) / (16 ** hex.length - 1));
  // As eyes weigh them (ITU-R BT.709).
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0) > 0.5 ? 'light' : 'dark';
}
