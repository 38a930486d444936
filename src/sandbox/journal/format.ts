// Journal entries as `journalctl -o FORMAT` prints them.
import type { JournalEntry } from './journal.ts';

export const journalFormats = [
  'short',
  'short-precise',
  'short-iso',
  'short-iso-precise',
  'short-unix',
  'cat',
  'json',
] as const;

export type JournalFormat = (typeof journalFormats)[number];

export interface JournalPlace {
  readonly hostname: string;
  readonly bootId: string;
}

/** One entry as one line, without its newline. `fields` narrows `json` as `--output-fields` does. */
export function formatEntry(
  entry: JournalEntry,
  options: {
    readonly format: JournalFormat;
    readonly place: JournalPlace;
    readonly fields?: readonly string[];
  },
): string {
  const { format, place, fields } = options;
  if (format === 'cat') return entry.message;
  if (format === 'json') return JSON.stringify(jsonFields(entry, place, fields));
  return `${stamp(entry.realtimeUs, format)} ${place.hostname} ${entry.identifier}[${entry.pid}]: ${entry.message}`;
}

/** Where an entry stands, for `--after-cursor`. */
export function cursorOf(entry: JournalEntry, bootId: string): string {
  return `s=${bootId};i=${entry.seq.toString(16)};b=${bootId};m=${entry.monotonicUs.toString(16)};t=${entry.realtimeUs.toString(16)}`;
}

/** The sequence number in a cursor, or null when it is none of ours. */
export function cursorSeq(cursor: string): number | null {
  const hex = /(?:^|;)i=([0-9a-f]+)/.exec(cursor)?.[1];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

function jsonFields(entry: JournalEntry, place: JournalPlace, wanted: readonly string[] | undefined) {
  const always = {
    __CURSOR: cursorOf(entry, place.bootId),
    __REALTIME_TIMESTAMP: String(entry.realtimeUs),
    __MONOTONIC_TIMESTAMP: String(entry.monotonicUs),
    _BOOT_ID: place.bootId,
  };
  const all: Record<string, string> = {
    _HOSTNAME: place.hostname,
    _PID: String(entry.pid),
    _SYSTEMD_UNIT: entry.unit,
    SYSLOG_IDENTIFIER: entry.identifier,
    PRIORITY: String(entry.priority),
    _TRANSPORT: entry.about === undefined ? 'stdout' : 'journal',
    MESSAGE: entry.message,
  };
  if (entry.about !== undefined) all.UNIT = entry.about;
  const kept = Object.entries(all).filter(([name]) => wanted === undefined || wanted.includes(name));
  return { ...always, ...Object.fromEntries(kept) };
}

function stamp(realtimeUs: number, format: JournalFormat): string {
  const at = new Date(Math.floor(realtimeUs / 1000));
  const micros = String(realtimeUs % 1_000_000).padStart(6, '0');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  switch (format) {
    case 'short-unix':
      return `${Math.floor(realtimeUs / 1_000_000)}.${micros}`;
    case 'short-iso':
      return `${day}T${clock}${zone(at)}`;
    case 'short-iso-precise':
      return `${day}T${clock}.${micros}${zone(at)}`;
    default: {
      const month = at.toLocaleString('en-US', { month: 'short' });
      return `${month} ${two(at.getDate())} ${clock}${format === 'short-precise' ? `.${micros}` : ''}`;
    }
  }
}

function zone(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
