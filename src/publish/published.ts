// What is published of a run, whatever the format: its result, when it began, and the file it was told from.
import type { FailoverJson, RoundJson } from '../model/failoverJson.ts';

export interface PublishedRun {
  /** Null where it was not recorded. */
  readonly file: string | null;
  /** RFC 3339, the observer's wall clock. */
  readonly startedAt: string;
  readonly result: FailoverJson;
  /** What ended the run before there was a round, one sentence; absent where there was one. */
  readonly failure?: string;
}

/** Milliseconds from the fault to a mark; null where it was not seen. */
export function markMs({ marks }: RoundJson, name: RoundJson['marks'][number]['name']): number | null {
  return marks.find((mark) => mark.name === name)?.atMs ?? null;
}

/** `kuberm to kuberm2`, or why there is nobody to name. */
export function courseOf({ from, to, on }: RoundJson): string {
  if (to !== null) return `${from} to ${to}`;
  return on === undefined ? `${from} to nobody` : `${on} struck, ${from} leads`;
}
