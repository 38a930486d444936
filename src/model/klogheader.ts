// The header glog and klog put before a message, whole or cut in the middle.
import type { HeaderTime } from './logdate.ts';

export type Severity = 'info' | 'warning' | 'error' | 'fatal';

export interface KlogLine {
  readonly severity: Severity | null;
  readonly time: HeaderTime | null;
  readonly thread: number | null;
  /** Base name of the source file; null where the cut took it. */
  readonly file: string | null;
  readonly line: number | null;
  readonly message: string;
}

const whole = /^([IWEF])(\d{4}) (\d\d):(\d\d):(\d\d)\.(\d{6}) +(\d+) ([^:\]]+):(\d+)\] ?(.*)$/;
const cutDate = /^()(\d{0,4}) ?(\d\d):(\d\d):(\d\d)\.(\d{6}) +(\d+) ([^:\]]+):(\d+)\] ?(.*)$/;
const cutTime = /^([\d:. ]* )?([\w.-]+\.go):(\d+)\] (.*)$/;
const cutFile = /^(?:\.?g?o)?(?::?\d+)?\] (.*)$/;

const severities: Readonly<Record<string, Severity>> = { I: 'info', W: 'warning', E: 'error', F: 'fatal' };

/** A line with a header; null for any other: it continues the one before. */
export function klogLine(text: string): KlogLine | null {
  return withTime(whole.exec(text) ?? cutDate.exec(text));
}

/** The first line of a log may have lost most of its header: what is left of it, or null when nothing shows there was one. */
export function cutKlogLine(text: string): KlogLine | null {
  const nothing = { severity: null, time: null, thread: null, file: null, line: null };
  const [, before, file = '', line, message] = cutTime.exec(text) ?? [];
  // A name that begins the line may have lost its own beginning, and says nothing then.
  if (message !== undefined) return { ...nothing, file: before ? file : null, line: Number(line), message };
  const rest = cutFile.exec(text)?.[1];
  return rest === undefined ? null : { ...nothing, message: rest };
}

function withTime(found: RegExpExecArray | null): KlogLine | null {
  if (!found) return null;
  const [
    ,
    letter = '',
    monthDay = '',
    hours,
    minutes,
    seconds,
    micros,
    thread,
    path = '',
    line,
    message = '',
  ] = found;
  const dayMs =
    Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(micros) / 1000;
  return {
    severity: severities[letter] ?? null,
    time: { monthDay, dayMs },
    thread: Number(thread),
    file: path.slice(path.lastIndexOf('/') + 1),
    line: Number(line),
    message,
  };
}
