// A row a round, as RFC 4180 has it: for spreadsheets and data frames. Times are milliseconds.
import type { MarkName } from '../model/round.ts';
import { markMs, type PublishedRun } from './published.ts';

const marks: readonly MarkName[] = [
  'lastRenew',
  'released',
  'leaseLost',
  'instanceGone',
  'leaseExpired',
  'acquired',
  'firstWork',
  'faultEnded',
  'restored',
];

type Cell = string | number | null;

export function toCsv(runs: readonly PublishedRun[]): string {
  const rows = runs.flatMap(rowsOf);
  const [first] = rows.length > 0 ? rows : [rowOf(null, null)];
  const names = Object.keys(first ?? {});
  return [names, ...rows.map((row) => Object.values(row))].map(lineOf).join('');
}

function rowsOf(run: PublishedRun): readonly Record<string, Cell>[] {
  return run.result.rounds.map((round) => rowOf(run, round));
}

type RoundOf = PublishedRun['result']['rounds'][number];

function rowOf(run: PublishedRun | null, round: RoundOf | null): Record<string, Cell> {
  const { target = null, component = null, fault = null, lock } = run?.result ?? {};
  return {
    recording: run?.file ?? null,
    startedAt: run?.startedAt ?? null,
    target,
    component,
    fault,
    lock: lock?.kind ?? null,
    leaseSeconds: lock?.leaseDurationSeconds ?? null,
    round: round?.round ?? null,
    from: round?.from ?? null,
    to: round?.to ?? null,
    verdict: round?.verdict ?? null,
    why: round?.why ?? null,
    handoverMs: round?.handoverMs ?? null,
    handoverErrorMs: round?.handoverErrorMs ?? null,
    outageMs: round?.outageMs ?? null,
    outageErrorMs: round?.outageErrorMs ?? null,
    twoLeadersMs: round?.twoLeadersMs ?? null,
    predictedMinMs: round?.predictedMs?.min ?? null,
    predictedP50Ms: round?.predictedMs?.p50 ?? null,
    predictedP95Ms: round?.predictedMs?.p95 ?? null,
    predictedMaxMs: round?.predictedMs?.max ?? null,
    ...Object.fromEntries(marks.map((name) => [`${name}Ms`, round && markMs(round, name)])),
  };
}

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** A spreadsheet takes text that begins like this for a formula, and would run it. */
const formula = /^[=+\-@\t\r]/;

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
