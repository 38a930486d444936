// What is wrong with a master's clock: how it is asked for, and how far off it is at a moment.
import { readDuration } from '../../model/duration.ts';

export interface ClockFault {
  /** Ahead of the true time by so much; milliseconds, as all `…Ms` here. */
  readonly offsetMs: number;
  /** Parts per million too fast. */
  readonly driftPpm: number;
  /** Somebody sets it, so long after the sandbox began. */
  readonly steps: readonly { readonly byMs: number; readonly afterMs: number }[];
}

/** A fault that began at a moment: epoch milliseconds. */
export interface ClockSetting extends ClockFault {
  readonly sinceMs: number;
}

const signed = /^([+-])(.+)$/;

/** `+3s`, `drift=+200ppm`, `step=-500ms@20s`, joined by commas; null when it is none. */
export function readClockFault(text: string): ClockFault | null {
  let fault: ClockFault = { offsetMs: 0, driftPpm: 0, steps: [] };
  for (const part of text.split(',')) {
    const read = readPart(part);
    if (!read) return null;
    fault = {
      offsetMs: fault.offsetMs + (read.offsetMs ?? 0),
      driftPpm: fault.driftPpm + (read.driftPpm ?? 0),
      steps: [...fault.steps, ...(read.steps ?? [])],
    };
  }
  return fault;
}

function readPart(part: string): Partial<ClockFault> | null {
  const drift = /^drift=([+-]?\d+(?:\.\d+)?)ppm$/.exec(part)?.[1];
  if (drift !== undefined) return { driftPpm: Number(drift) };
  const step = /^step=(.+)@(.+)$/.exec(part);
  if (!step) {
    const offsetMs = readSigned(part);
    return offsetMs === null ? null : { offsetMs };
  }
  const byMs = readSigned(step[1] ?? '');
  const afterMs = readDuration(step[2] ?? '');
  return byMs === null || afterMs === null ? null : { steps: [{ byMs, afterMs }] };
}

function readSigned(text: string): number | null {
  const [, sign, rest = ''] = signed.exec(text) ?? [];
  const ms = readDuration(rest);
  return ms === null ? null : sign === '-' ? -ms : ms;
}

/** How far ahead such a clock is of the true time, milliseconds. */
export function wrongBy({ sinceMs, offsetMs, driftPpm, steps }: ClockSetting, trueMs: number): number {
  const elapsedMs = trueMs - sinceMs;
  const stepped = steps.filter(({ afterMs }) => elapsedMs >= afterMs);
  return offsetMs + (elapsedMs * driftPpm) / 1e6 + stepped.reduce((sum, { byMs }) => sum + byMs, 0);
}
