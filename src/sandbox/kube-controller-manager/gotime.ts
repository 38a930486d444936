// Durations and times as Go prints them.

/** `8m30.112359775s`, `40.5s`: from milliseconds, to the microsecond. */
export function goDuration(ms: number): string {
  const micros = Math.round(ms * 1000);
  const hours = Math.floor(micros / 3_600_000_000);
  const minutes = Math.floor(micros / 60_000_000) % 60;
  const seconds = (micros % 60_000_000) / 1e6;
  const hour = hours > 0 ? `${hours}h` : '';
  const minute = hours > 0 || minutes > 0 ? `${minutes}m` : '';
  return `${hour}${minute}${seconds}s`;
}

/** `2017-05-12 18:15:25 +0800 CST`, in the local zone; Go's zero time where there is none. */
export function goTime(text: string | null | undefined): string {
  if (!text) return '0001-01-01 00:00:00 +0000 UTC';
  const date = new Date(text);
  const east = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + east * 60_000).toISOString();
  const two = (value: number) => String(value).padStart(2, '0');
  const offset = `${east < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(east) / 60))}${two(Math.abs(east) % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${offset} ${zoneName(date) ?? offset}`;
}

function zoneName(date: Date): string | undefined {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(date);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value;
  return name && /^[A-Z]{3,5}$/.test(name) ? name : undefined;
}
