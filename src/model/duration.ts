// Lengths of time as Go and the command line write them: `15s`, `1m30s`, `500ms`.

const unitMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
};
const part = /(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|µs|ns)/gy;

/** Milliseconds of a duration; null when it is none. */
export function readDuration(text: string): number | null {
  if (text === '0') return 0;
  const parts = [...text.matchAll(part)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text) return null;
  return parts.reduce(
    (sum, [, number = '', unit = '']) => sum + Number(number) * (unitMs[unit] ?? Number.NaN),
    0,
  );
}

/** `4m24s`, `10h`, `500ms`: as they are written, and read by `readDuration`. @param ms whole milliseconds, 0 or more */
export function writeDuration(ms: number): string {
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(Math.floor);
  const written = [
    [hours, 'h'],
    [minutes, 'm'],
    [seconds, 's'],
    [ms % 1000, 'ms'],
  ].flatMap(([count, unit]) => (count ? [`${count}${unit}`] : []));
  return written.join('') || '0s';
}
