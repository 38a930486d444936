// The systemd journal's frames: `-o json` and the short forms.
import { jsonObject } from './jsonobject.ts';
import type { Framed } from './logframe.ts';
import { readTime } from './rfc3339.ts';

const short =
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?|(\d{4}-\d\d-\d\dT\S+)) \S+ ([^\s:[]+)(?:\[\d+\])?: (.*)$/;

/** A line of `journalctl -o json`; null when it is not one. */
export function journalEntry(raw: string): Framed | null {
  const entry = jsonObject(raw);
  if (entry === null) return null;
  const micros = Number(entry._SOURCE_REALTIME_TIMESTAMP ?? entry.__REALTIME_TIMESTAMP);
  const cursor = entry.__CURSOR;
  return {
    text: messageOf(entry.MESSAGE),
    keptMs: micros > 0 ? micros / 1000 : null,
    partial: false,
    byManager: entry.SYSLOG_IDENTIFIER === 'systemd',
    cursor: typeof cursor === 'string' ? cursor : null,
  };
}

/** A line of journalctl's short, short-precise, short-iso or short-iso-precise output; null when it is not one. */
export function journalShort(raw: string): Framed | null {
  const [, iso, program, text] = short.exec(raw) ?? [];
  if (text === undefined) return null;
  // Without a year or a zone the frame knows no more than the header inside.
  const keptMs = iso === undefined ? null : readTime(iso);
  return { text, keptMs, partial: false, byManager: program === 'systemd', cursor: null };
}

/** Text, or its bytes where it was not UTF-8 or held control characters, or null where it was too long to print. */
function messageOf(message: unknown): string {
  if (typeof message === 'string') return message;
  if (!Array.isArray(message)) return '';
  if (message.every((part) => typeof part === 'string')) return message.join(' ');
  return new TextDecoder().decode(Uint8Array.from(message, Number));
}
