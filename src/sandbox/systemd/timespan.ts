// Time spans as unit files and systemd-run write them (`1min 30s`, `100ms`, `60`), and as `systemctl show` prints them.

const microseconds: Readonly<Record<string, number>> = {
  us: 1,
  usec: 1,
  ms: 1000,
  msec: 1000,
  s: 1e6,
  sec: 1e6,
  second: 1e6,
  seconds: 1e6,
  m: 60e6,
  min: 60e6,
  minute: 60e6,
  minutes: 60e6,
  h: 3600e6,
  hr: 3600e6,
  hour: 3600e6,
  hours: 3600e6,
  d: 86_400e6,
  day: 86_400e6,
  days: 86_400e6,
};

/** Microseconds; a bare number counts seconds; `infinity` is Infinity; null when it is no time span. */
export function parseTimespan(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === 'infinity') return Number.POSITIVE_INFINITY;
  if (!/^(?:\d+(?:\.\d+)?\s*[a-z]*\s*)+$/.test(trimmed)) return null;
  let total = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)) {
    const size = unit === '' || unit === undefined ? 1e6 : microseconds[unit];
    if (size === undefined) return null;
    total += Number(amount) * size;
  }
  return Math.round(total);
}

const steps: readonly (readonly [string, number])[] = [
  ['d', 86_400e6],
  ['h', 3600e6],
  ['min', 60e6],
  ['s', 1e6],
  ['ms', 1000],
  ['us', 1],
];

/** As `systemctl show` prints it: `1min 30s`, `1.500000s`, `100ms`, `infinity`. */
export function formatTimespan(us: number): string {
  if (us === Number.POSITIVE_INFINITY) return 'infinity';
  if (us === 0) return '0';
  const words: string[] = [];
  let rest = Math.round(us);
  for (const [name, size] of steps) {
    const count = Math.floor(rest / size);
    if (count === 0) continue;
    const left = rest - count * size;
    if (rest < 60e6 && left > 0) {
      const digits = Math.round(Math.log10(size));
      words.push(`${count}.${String(left).padStart(digits, '0')}${name}`);
      break;
    }
    words.push(`${count}${name}`);
    rest = left;
  }
  return words.join(' ');
}
