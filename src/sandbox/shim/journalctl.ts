// `journalctl` on a sandbox's master: what its units said, and what they go on to say.
import { parseArgs } from 'node:util';
import { cursorOf, cursorSeq, formatEntry, type JournalFormat, journalFormats } from '../journal/format.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { Manager } from '../systemd/manager.ts';
import { Refusal } from '../systemd/refusal.ts';
import { parseTimespan } from '../systemd/timespan.ts';
import type { ShimProgram } from './call.ts';

export function journalctl(manager: Manager): ShimProgram {
  return async ({ args, out, signal }) => {
    const { flags, words } = readFlags(args);
    const format = readFormat(flags.output ?? 'short');
    const place = { hostname: manager.hostname, bootId: manager.bootId };
    const fields = flags['output-fields']?.split(',');
    const units = flags.unit?.map((name) => (name.includes('.') ? name : `${name}.service`));
    const wanted = wantedBy(flags, { units, words, nowMs: manager.clock.wallMs() });
    const print = (entry: JournalEntry) => {
      if (wanted(entry)) out(`${formatEntry(entry, { format, place, ...(fields && { fields }) })}\n`);
    };
    let chosen = manager.journal.entries().filter(wanted);
    const lines = readLines(flags);
    if (lines !== null) chosen = lines === 0 ? [] : chosen.slice(-lines);
    if (flags.reverse) chosen = chosen.toReversed();
    for (const entry of chosen) print(entry);
    if (chosen.length === 0 && !flags.quiet && !flags.follow) out('-- No entries --\n');
    const last = chosen.at(-1);
    if (flags['show-cursor'] && last) out(`-- cursor: ${cursorOf(last, place.bootId)}\n`);
    if (!flags.follow) return 0;
    const stop = manager.journal.follow(print);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    stop();
    return 0;
  };
}

type Flags = ReturnType<typeof readFlags>['flags'];

function readFlags(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        unit: { type: 'string', short: 'u', multiple: true },
        follow: { type: 'boolean', short: 'f' },
        lines: { type: 'string', short: 'n' },
        output: { type: 'string', short: 'o' },
        'output-fields': { type: 'string' },
        since: { type: 'string', short: 'S' },
        until: { type: 'string', short: 'U' },
        'after-cursor': { type: 'string' },
        cursor: { type: 'string', short: 'c' },
        'show-cursor': { type: 'boolean' },
        grep: { type: 'string', short: 'g' },
        'no-pager': { type: 'boolean' },
        'no-tail': { type: 'boolean' },
        'no-hostname': { type: 'boolean' },
        all: { type: 'boolean', short: 'a' },
        boot: { type: 'boolean', short: 'b' },
        quiet: { type: 'boolean', short: 'q' },
        reverse: { type: 'boolean', short: 'r' },
        utc: { type: 'boolean' },
        system: { type: 'boolean' },
      },
    });
    return { flags: values, words: positionals };
  } catch (error) {
    throw new Refusal(`journalctl: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function wantedBy(
  flags: Flags,
  { units, words, nowMs }: { units: readonly string[] | undefined; words: readonly string[]; nowMs: number },
): (entry: JournalEntry) => boolean {
  const sinceUs = flags.since === undefined ? null : readInstant(flags.since, nowMs);
  const untilUs = flags.until === undefined ? null : readInstant(flags.until, nowMs);
  const after = flags['after-cursor'] === undefined ? null : cursorSeq(flags['after-cursor']);
  const from = flags.cursor === undefined ? null : cursorSeq(flags.cursor);
  const pattern = flags.grep === undefined ? null : new RegExp(flags.grep);
  const pids = words.map((word) => /^_PID=(\d+)$/.exec(word)?.[1]).filter((pid) => pid !== undefined);
  return (entry) =>
    (!units || units.includes(entry.unit) || (entry.about !== undefined && units.includes(entry.about))) &&
    (pids.length === 0 || pids.includes(String(entry.pid))) &&
    (sinceUs === null || entry.realtimeUs >= sinceUs) &&
    (untilUs === null || entry.realtimeUs <= untilUs) &&
    (after === null || entry.seq > after) &&
    (from === null || entry.seq >= from) &&
    (pattern === null || pattern.test(entry.message));
}

function readFormat(text: string): JournalFormat {
  const format = journalFormats.find((one) => one === text);
  if (!format) throw new Refusal(`Unknown output format '${text}'.`);
  return format;
}

// Following begins with the last ten lines, unless told otherwise.
function readLines(flags: Flags): number | null {
  if (flags.lines === undefined) return flags.follow && !flags['no-tail'] && !flags.since ? 10 : null;
  if (flags.lines === 'all') return null;
  const lines = Number(flags.lines.replace(/^\+/, ''));
  if (!Number.isInteger(lines) || lines < 0) throw new Refusal(`Failed to parse lines '${flags.lines}'`);
  return lines;
}

/** Microseconds since the epoch, from `now`, `@1700000000.5`, `-5min`, `5min ago` or a date with a time. */
function readInstant(text: string, nowMs: number): number {
  const nowUs = nowMs * 1000;
  if (text === 'now') return nowUs;
  if (text === 'today') return new Date(nowMs).setHours(0, 0, 0, 0) * 1000;
  if (text.startsWith('@')) return Math.round(Number(text.slice(1)) * 1e6);
  const relative = /^([-+])(.+)$/.exec(text) ?? /^()(.+) ago$/.exec(text);
  if (relative?.[2] !== undefined) {
    const span = parseTimespan(relative[2]);
    if (span !== null) return relative[1] === '+' ? nowUs + span : nowUs - span;
  }
  const micros = /\.(\d+)/.exec(text)?.[1] ?? '';
  const parsed = Date.parse(text.replace(/\.\d+/, '').replace(/ UTC$/, 'Z').replace(' ', 'T'));
  if (Number.isNaN(parsed)) throw new Refusal(`Failed to parse timestamp: ${text}`);
  return parsed * 1000 + Number(micros.padEnd(6, '0').slice(0, 6));
}
