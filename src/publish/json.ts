// The result as `failover --json` prints it; of several recordings, all of them in one object.
import type { PublishedRun } from './published.ts';

export function toJson(runs: readonly PublishedRun[]): string {
  const [only, ...others] = runs;
  const value =
    only && others.length === 0 ? only.result : { version: 1, runs: runs.map(({ result }) => result) };
  return `${JSON.stringify(value, null, 2)}\n`;
}
