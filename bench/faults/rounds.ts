// The rounds measured on real masters, as they are kept between runs.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface KeptRound {
  readonly version: string;
  readonly component: string;
  readonly fault: string;
  readonly handoverMs: number;
  readonly errorMs: number;
  /** From the store's return, where the fault was that it went: what the rules speak of then. */
  readonly sinceBackMs?: number;
  readonly acquiredErrorMs: number;
  /** Our mark `acquired` minus the new leader's own line, read past the program on the same kernel clock. */
  readonly fromTruthMs: number;
  /** From our mark `faultIssued` to systemd's own word of it, on the same kernel clock; left out where it says none. */
  readonly toSystemdMs?: number;
  /**
   * From our mark `faultIssued` to the beginning of its command, as the kernel noted it; and what the mark said it may be
   * off by. Left out in rounds that were not traced.
   */
  readonly toBeginMs?: number;
  readonly issuedErrorMs?: number;
  readonly outageMs: number | null;
  readonly twoLeadersMs: number | null;
  readonly emptiedMs: number | null;
  readonly predictedMs: { readonly min: number; readonly p50: number; readonly max: number } | null;
  readonly verdict: string;
  /** Restored and steady, exit code 0. */
  readonly clean: boolean;
  /** Of the machine, which has two cores. */
  readonly load: number;
  readonly at: string;
}

export const roundsFile = fileURLToPath(new URL('rounds.ndjson', import.meta.url));

export async function keptRounds(): Promise<readonly KeptRound[]> {
  const text = await readFile(roundsFile, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as KeptRound);
}
