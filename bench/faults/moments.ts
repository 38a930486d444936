// The table of the way back on real masters: the program, its connection or its master gone at a moment of a round.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { summarise } from '../../src/model/statistics.ts';
import type { Mended } from '../../test/masters/suites/wayback.ts';

const momentsFile = fileURLToPath(new URL('moments.ndjson', import.meta.url));

/** One row a fault, way and version; only moments after which everything was as before are kept in the file. */
export async function momentsTable(): Promise<string> {
  const kept = (await readFile(momentsFile, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Mended);
  const groups = new Map<string, Mended[]>();
  for (const one of kept) {
    const name = `${one.fault} | ${one.way} | ${one.version}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const rows = [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, moments]) => {
      const { medianMs, maxMs } = summarise(moments.map(({ mendedMs }) => mendedMs));
      const s = (ms: number | null) => (ms === null ? '' : (ms / 1000).toFixed(1));
      return `| ${name} | ${moments.length} | ${s(medianMs)} | ${s(maxMs)} |`;
    });
  return [
    '| fault | gone | Kubernetes | moments | as before after, s: median | at most |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
