// A line of a component's log in, what it says and when it was written out. Never throws; all text it returns is safe to draw.
import { structured } from './gofields.ts';
import { jsonLine } from './jsonline.ts';
import { cutKlogLine, type KlogLine, klogLine, type Severity } from './klogheader.ts';
import { minorOf } from './kubeversion.ts';
import { nearestInZone, nearestOfAnyZone } from './logdate.ts';
import type { LogEvent } from './logevent.ts';
import { type Framed, unframed } from './logframe.ts';
import { meaningOf } from './logmeaning.ts';
import { sanitise } from './sanitise.ts';
import type { EpochMs } from './time.ts';

export interface LogContext {
  /** The host's zone, minutes east of UTC: klog headers are local time. */
  readonly zoneMinutes: number;
  /** About when the line arrived, host or observer: says which year, where nothing nearer does. */
  readonly arrivedMs: EpochMs;
  /** What the line before gave; null for the first, which may be cut in the middle. */
  readonly previous: ParsedLine | null;
  /** Kubernetes version, where known: up to 1.5 some lines meant something else. */
  readonly version?: string | null;
}

export interface ParsedLine {
  readonly event: LogEvent | null;
  /** On the host's clock; null when the line has no time of its own. */
  readonly writtenMs: EpochMs | null;
  /** The line as a person reads it, without its keeper's frame. */
  readonly text: string;
  /** What stands after the header. */
  readonly message: string;
  readonly severity: Severity | null;
  readonly thread: number | null;
  /** `leaderelection.go`. */
  readonly file: string | null;
  readonly line: number | null;
  /** Whether it belongs to the line before: a stack dump, a value of several lines. */
  readonly continues: boolean;
  /** For a line that continues another: that one's time. */
  readonly afterMs: EpochMs | null;
  /** Time of the file or of its last dated line, when the year is sure; carried on from line to line. */
  readonly anchorMs: EpochMs | null;
  /** The beginning of a line whose end is still to come. */
  readonly partial: string | null;
  /** The journal's cursor, to follow on from here. */
  readonly cursor: string | null;
}

const created = /^Log file created at: (\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)$/;
const ending = /^(?:error: )?lost lease$/;

/** The parsed line. Feed lines in order, each with the one before as `previous`. */
export function parseLogLine(raw: string, context: LogContext): ParsedLine {
  const frame = unframed(raw);
  const whole = (context.previous?.partial ?? '') + frame.text;
  const blank = blankLine(frame, context);
  if (frame.partial) return { ...blank, text: sanitise(whole), message: sanitise(whole), partial: whole };
  return fromJson(whole, blank) ?? fromText(sanitise(whole), frame, context, blank);
}

function blankLine(frame: Framed, { previous }: LogContext): ParsedLine {
  return {
    event: null,
    writtenMs: frame.keptMs,
    text: '',
    message: '',
    severity: null,
    thread: null,
    file: null,
    line: null,
    continues: false,
    afterMs: null,
    anchorMs: previous?.anchorMs ?? null,
    partial: null,
    cursor: frame.cursor,
  };
}

function fromJson(text: string, blank: ParsedLine): ParsedLine | null {
  const found = jsonLine(text);
  if (found === null) return null;
  const { file, line, severity, message, field } = found;
  return {
    ...blank,
    event: meaningOf({ text: message, file, field }),
    writtenMs: found.writtenMs ?? blank.writtenMs,
    text: sanitise(text),
    message,
    severity,
    file,
    line,
  };
}

function fromText(text: string, frame: Framed, context: LogContext, blank: ParsedLine): ParsedLine {
  const { previous } = context;
  const header = klogLine(text) ?? (previous === null ? cutKlogLine(text) : null);
  if (header !== null) return fromKlog(text, header, context, { ...blank, ...dated(header, frame, context) });
  if (ending.test(text)) return { ...blank, event: { is: 'lost' }, text, message: text };
  const createdMs = creationOf(text, context.zoneMinutes);
  if (createdMs !== null) return { ...blank, writtenMs: createdMs, text, message: text, anchorMs: createdMs };
  if (frame.byManager) return { ...blank, text, message: text };
  if (previous !== null) {
    const afterMs = previous.continues ? previous.afterMs : previous.writtenMs;
    return { ...blank, text, message: text, continues: true, afterMs };
  }
  return {
    ...blank,
    event: meaningOf({ text: text.trimStart(), file: null, field: () => null }),
    text,
    message: text,
  };
}

function fromKlog(text: string, header: KlogLine, context: LogContext, blank: ParsedLine): ParsedLine {
  const { severity, thread, file, line, message } = header;
  const parts = structured(message);
  const event = meaningOf({ text: parts?.text ?? message, file, field: parts?.field ?? (() => null) });
  return { ...blank, event: inItsTime(event, context), text, message, severity, thread, file, line };
}

/** Up to 1.5 a standby said "failed to renew lease" after each look; later only a leader that gives up does. */
function inItsTime(event: LogEvent | null, { version, previous }: LogContext): LogEvent | null {
  if (event?.is !== 'gaveUp' || previous?.event?.is !== 'held') return event;
  const minor = minorOf(version ?? null);
  return minor !== null && minor <= 5 ? { is: 'notAcquired', lock: event.lock } : event;
}

function dated(
  header: KlogLine,
  frame: Framed,
  context: LogContext,
): Pick<ParsedLine, 'writtenMs' | 'anchorMs'> {
  const anchorMs = context.previous?.anchorMs ?? null;
  if (header.time === null) return { writtenMs: frame.keptMs, anchorMs };
  if (frame.keptMs !== null) return { writtenMs: nearestOfAnyZone(header.time, frame.keptMs), anchorMs };
  const writtenMs = nearestInZone(header.time, anchorMs ?? context.arrivedMs, context.zoneMinutes);
  return { writtenMs, anchorMs: anchorMs === null ? null : (writtenMs ?? anchorMs) };
}

function creationOf(text: string, zoneMinutes: number): EpochMs | null {
  const [, year, month, day, hours, minutes, seconds] = created.exec(text) ?? [];
  if (year === undefined) return null;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
  );
  return local - zoneMinutes * 60_000;
}
