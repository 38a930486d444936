// The rounds measured in sandboxes whose clocks are wrong, as they are kept between runs, and their table.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface WrongClockRound {
  readonly fault: string;
  readonly component: string;
  readonly to: string;
  readonly clocks: Readonly<Record<string, string>>;
  readonly verdict: string;
  readonly why?: string | undefined;
  /** Our mark `acquired` minus the new leader's own line, corrected by what its clock is known to be wrong by. */
  readonly fromTruthMs: number | undefined;
  /** What the mark said it may be off by. */
  readonly errorMs: number;
  /** From our mark `faultIssued` to the beginning of its command, as the kernel noted it; left out where nobody traced. */
  readonly toBeginMs?: number | undefined;
  readonly handoverErrorMs?: number | null | undefined;
}

export const wrongClocksFile = fileURLToPath(new URL('wrongclocks.ndjson', import.meta.url));

/** Wider, and a step of a clock lay between the measurements around the mark. */
const stepMs = 20;

export async function wrongClocksTable(): Promise<string> {
  const rounds = (await readFile(wrongClocksFile, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as WrongClockRound);
  const acquired = rounds.flatMap(({ fromTruthMs, errorMs }) =>
    fromTruthMs === undefined ? [] : [{ offMs: fromTruthMs, errorMs }],
  );
  const handover = rounds.flatMap(({ fromTruthMs, toBeginMs, handoverErrorMs }) =>
    fromTruthMs === undefined || toBeginMs === undefined || typeof handoverErrorMs !== 'number'
      ? []
      : [{ offMs: fromTruthMs + toBeginMs, errorMs: handoverErrorMs }],
  );
  return [
    '| what | rounds | n | within the stated error | 99 % within, ms | at most, ms | stated error there, ms |',
    '|---|---|---|---|---|---|---|',
    ...[['`acquired`', acquired] as const, ['`handoverMs`', handover] as const].flatMap(([what, all]) => [
      row(
        what,
        'no step near it',
        all.filter(({ errorMs }) => errorMs < stepMs),
      ),
      row(
        what,
        'a step of a clock near it',
        all.filter(({ errorMs }) => errorMs >= stepMs),
      ),
    ]),
  ].join('\n');
}

export interface Off {
  /** Measured minus true, in milliseconds. */
  readonly offMs: number;
  readonly errorMs: number;
}

function row(what: string, which: string, all: readonly Off[]): string {
  const { n, inside, p99Ms, worst } = judge(all);
  const ms = (value: number | null | undefined) => (typeof value === 'number' ? value.toFixed(2) : '');
  return `| ${what} | ${which} | ${n} | ${inside} | ${ms(p99Ms)} | ${ms(worst && Math.abs(worst.offMs))} | ${ms(worst?.errorMs)} |`;
}

/** How far off measurements are from the truth; the 99th percentile only where there are a hundred. */
export function judge(all: readonly Off[]) {
  const sorted = [...all].sort((a, b) => Math.abs(a.offMs) - Math.abs(b.offMs));
  const at99 = sorted[Math.ceil(sorted.length * 0.99) - 1];
  return {
    n: sorted.length,
    inside: all.filter(({ offMs, errorMs }) => Math.abs(offMs) <= errorMs).length,
    p99Ms: sorted.length >= 100 && at99 ? Math.abs(at99.offMs) : null,
    worst: sorted.at(-1) ?? null,
  };
}
