// The result of a run in a few lines, for the terminal and for README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Side } from './happening.ts';
import { ways } from './rounds.ts';
import type { Played } from './run.ts';
import type { Verdict } from './verdict.ts';
import { median } from './verdict.ts';

const sides: readonly Side[] = ['ours', 'theirs'];
const ms = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(0));

export function tableOf(server: string, { rounds, voids, stampedMs }: Played, verdict: Verdict): string {
  const rows = ways.map((way) => {
    const mine = rounds.filter((round) => round.way === way);
    const cells = sides.flatMap((to) => {
      const taken = mine.filter((round) => round.to === to).flatMap(({ handoverMs }) => handoverMs ?? []);
      const n = mine.filter((round) => round.to === to).length;
      return [
        String(n),
        ms(median(taken)),
        taken.length === 0 ? '–' : `${ms(Math.min(...taken))} to ${ms(Math.max(...taken))}`,
      ];
    });
    return `| ${[way, ...cells].join(' | ')} |`;
  });
  const { leaders, late, records, early, unseen, comparisons, writes, emptied, onMs } = verdict;
  return [
    `### ${server}: ${rounds.length} rounds`,
    '',
    '| way | to ours, n | median, ms | range, ms | to client-go, n | median, ms | range, ms |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `- Violations: ${leaders.length} times too many leaders, ${late.length} handovers out of bounds, ${records.length} records unlike, ${early.length} taken before the lease ran out.`,
    `- Void, as a leader could not renew in time on a machine that stood still: ${voids.length}.`,
    `- Records compared: ${writes.ours} written by ours, ${writes.theirs} by client-go.`,
    ...(unseen.length === 0 ? [] : [`- Not seen in this run, so not compared: ${unseen.join(', ')}.`]),
    `- Ex-leaders woken after a freeze went on (median): ours ${ms(median(onMs.ours))} ms (n ${onMs.ours.length}), client-go ${ms(median(onMs.theirs))} ms (n ${onMs.theirs.length}).`,
    `- Zombies that emptied their successor's record: ours ${emptied.ours}, client-go ${emptied.theirs}.`,
    `- From the record's acquireTime to \`acquired\` (median): ours ${median(stampedMs.ours).toFixed(1)} ms, client-go ${median(stampedMs.theirs).toFixed(1)} ms.`,
    ...comparisons.map(
      ({ of, n, distance, p }) =>
        `- Handovers ${of}, to ours (n ${n.ours}) against to client-go (n ${n.theirs}): distance ${distance.toFixed(3)}, p ${p.toFixed(4)}.`,
    ),
    '',
  ].join('\n');
}

/** Keeps the table in README.md, between its own marks. */
export function keepTable(server: string, table: string): void {
  const file = join(import.meta.dirname, 'README.md');
  const [begin, end] = [`<!-- ${server} -->`, `<!-- /${server} -->`];
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for the table of ${server}`);
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n${table}${text.slice(to)}`);
}
