// Lines of `--logging-format=json`: everything in one object, the time in Unix milliseconds.
import { jsonObject } from './jsonobject.ts';
import type { Severity } from './klogheader.ts';
import { sanitise } from './sanitise.ts';
import type { EpochMs } from './time.ts';

export interface JsonLine {
  readonly writtenMs: EpochMs | null;
  /** Base name; null in 1.19, which wrote no caller. */
  readonly file: string | null;
  readonly line: number | null;
  readonly severity: Severity;
  readonly message: string;
  readonly field: (key: string) => string | null;
}

/** A JSON line; null when it is not one. */
export function jsonLine(text: string): JsonLine | null {
  const entry = text.startsWith('{') ? jsonObject(text) : null;
  if (typeof entry?.msg !== 'string') return null;
  const { ts, caller } = entry;
  const [, file = null, line] = typeof caller === 'string' ? (/([^/:]+)(?::(\d+))?$/.exec(caller) ?? []) : [];
  return {
    writtenMs: typeof ts === 'number' ? ts : null,
    file,
    line: line === undefined ? null : Number(line),
    severity: 'err' in entry || !('v' in entry) ? 'error' : 'info',
    message: sanitise(entry.msg),
    field: (key) => {
      const value = Object.hasOwn(entry, key) ? entry[key] : null;
      if (typeof value === 'string') return sanitise(value);
      return typeof value === 'number' ? String(value) : null;
    },
  };
}
