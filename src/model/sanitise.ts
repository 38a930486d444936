// Text from a host made safe to keep and draw: one line, nothing in it that a terminal would obey, no secrets.
import { mask } from './mask.ts';

const plain = /^[\x20-\x7e]*$/;
// Colours only carry mood and go; whatever else a terminal would obey stays, visibly. `Cf` holds bidi and invisible characters.
const unsafe = /\x1b\[[0-9;:]*m|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

/**
 * The text as one safe line. Trailing line ends and colours go, tabs become spaces up to the next multiple of 8,
 * control characters become their pictures (`␛`), bidi and invisible ones become `‹U+202E›`, secrets `‹hidden›`. Doing it twice changes nothing.
 */
export function sanitise(text: string): string {
  if (plain.test(text)) return mask(text);
  return mask(
    text
      .replace(/[\r\n]+$/, '')
      .replace(unsafe, visible)
      .replace(/.*?\t/gu, upToTabStop),
  );
}

/** Several lines, each made safe; a private key that goes over lines is hidden as a whole. */
export function sanitiseLines(text: string): string {
  return mask(text).split('\n').map(sanitise).join('\n');
}

function visible(found: string): string {
  if (found === '\t') return found;
  if (found.length > 1 && found.startsWith('\x1b')) return '';
  const code = found.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

function upToTabStop(piece: string): string {
  const width = [...piece].length - 1;
  return piece.slice(0, -1) + ' '.repeat(8 - (width % 8));
}
