// RFC 3339 times, read to the nanosecond's double and written in microseconds.
import type { EpochMs } from './time.ts';

const form = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\d*([Zz]|[+-]\d\d:?\d\d)$/;

/** Epoch milliseconds of an RFC 3339 time with any number of digits (also `+0800` without a colon); null when it is none. */
export function readTime(text: string): EpochMs | null {
  const [, year, month, day, hours, minutes, seconds, fraction, zone = 'Z'] = form.exec(text) ?? [];
  if (year === undefined) return null;
  const whole = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
  );
  return whole - zoneMinutes(zone) * 60_000 + (fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000);
}

/** The time in UTC with six digits: `2026-11-22T19:50:29.542290Z`. */
export function writeTime(epochMs: EpochMs): string {
  const whole = Math.floor(epochMs);
  const micros = Math.round((epochMs - whole) * 1000);
  const carried = micros === 1000;
  const text = new Date(carried ? whole + 1 : whole).toISOString();
  return `${text.slice(0, -1)}${String(carried ? 0 : micros).padStart(3, '0')}Z`;
}

/** Minutes east of UTC of `Z`, `+0800`, `-05:30`. */
export function zoneMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
