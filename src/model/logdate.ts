// The year and zone that a klog header leaves out, from what lies near it.
import type { EpochMs } from './time.ts';

/** A local time as a header writes it. `monthDay` is `mmdd`, or only its last digits where the line was cut. */
export interface HeaderTime {
  readonly monthDay: string;
  /** Since local midnight. */
  readonly dayMs: number;
}

const day = 86_400_000;
const quarter = 15 * 60_000;

/** The instant nearest to `nearMs` that such a header can mean in this zone (minutes east of UTC); null when no day fits. */
export function nearestInZone(written: HeaderTime, nearMs: EpochMs, zoneMinutes: number): EpochMs | null {
  const shift = zoneMinutes * 60_000;
  const local = nearestLocal(written, nearMs + shift);
  return local === null ? null : local - shift;
}

/** The same where the zone is not known but `nearMs` is the instant itself, give or take seven minutes: zones are whole quarters. */
export function nearestOfAnyZone(written: HeaderTime, nearMs: EpochMs): EpochMs | null {
  const local = nearestLocal(written, nearMs);
  return local === null ? null : local - Math.round((local - nearMs) / quarter) * quarter;
}

function nearestLocal(written: HeaderTime, near: number): number | null {
  return written.monthDay.length === 4 ? inNearestYear(written, near) : onNearestDay(written, near);
}

function inNearestYear({ monthDay, dayMs }: HeaderTime, near: number): number | null {
  const month = Number(monthDay.slice(0, 2)) - 1;
  const date = Number(monthDay.slice(2));
  const year = new Date(near).getUTCFullYear();
  const here = Date.UTC(year, month, date) + dayMs;
  // Almost always: within half a year, and a day that exists (a 29 February has to look further).
  if (Math.abs(here - near) < 182 * day && new Date(here - dayMs).getUTCMonth() === month) return here;
  let best: number | null = null;
  for (let at = year - 8; at <= year + 8; at += 1) {
    const midnight = Date.UTC(at, month, date);
    if (new Date(midnight).getUTCMonth() !== month || new Date(midnight).getUTCDate() !== date) continue;
    if (best === null || Math.abs(midnight + dayMs - near) < Math.abs(best - near)) best = midnight + dayMs;
  }
  return best;
}

function onNearestDay({ monthDay, dayMs }: HeaderTime, near: number): number | null {
  const today = Math.floor(near / day) * day;
  for (let away = 0; away <= 366; away += 1) {
    const fits = [today - away * day, today + away * day]
      .filter((midnight) => mmdd(midnight).endsWith(monthDay))
      .map((midnight) => midnight + dayMs)
      .sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
    if (fits[0] !== undefined) return fits[0];
  }
  return null;
}

function mmdd(midnight: number): string {
  return new Date(midnight).toISOString().slice(5, 10).replace('-', '');
}
