// What lies where runs are kept is listed as it is, and only what was asked for is taken away.
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, expect, it } from 'vitest';
import { age } from '../../src/commands/flags.ts';
import { type RunJson, runs } from '../../src/commands/runs.ts';
import { runsPrune } from '../../src/commands/runsprune.ts';
import { freshState, plainFlags, printed } from './printed.ts';

const real = (name: string) =>
  gunzipSync(readFileSync(join(import.meta.dirname, `../fixtures/recordings/${name}.ndjson.gz`)));
const dayMs = 86_400_000;
/** No process has a number like this. */
const gone = 2 ** 30;

let state: ReturnType<typeof freshState>;

beforeEach(() => {
  state = freshState();
  mkdirSync(state.runs, { recursive: true });
});

function keep(name: string, bytes: Uint8Array | string, daysOld = 0): void {
  const file = join(state.runs, name);
  writeFileSync(file, bytes);
  const then = new Date(Date.now() - daysOld * dayMs);
  utimesSync(file, then, then);
}

async function listed(): Promise<readonly RunJson[]> {
  const { stdout, exit } = await printed((where) => runs({ ...plainFlags, json: true }, where), state);
  expect(exit).toBe(0);
  const { version, folder, runs: found } = JSON.parse(stdout);
  expect([version, folder]).toEqual([1, state.runs]);
  return found;
}

it('says when, what, how many rounds, how it ended and how large, newest first', async () => {
  keep(`20261125-183046-failover-${gone}.ndjson`, real('stop-endpoints'));
  keep(`20261125-183243-lab-${gone}.ndjson`, real('lab'));
  keep(`20261125-183136-failover-${gone}.ndjson`, real('kill-leases').subarray(0, 150_000));
  keep(`20261125-183137-failover-${process.pid}.ndjson`, real('kill-leases').subarray(0, 150_000));
  keep('20261101-000000-failover-1.ndjson', 'hello\n');
  keep('notes.txt', 'mine');
  const found = await listed();
  expect(
    found.map(({ what, rounds, passed, verdict, bytes }) => [what, rounds, passed, verdict, bytes]),
  ).toEqual([
    ['lab', 1, 1, 'passed', real('lab').length],
    ['failover', 1, 1, 'under way', 150_000],
    ['failover', 1, 1, 'cut off', 150_000],
    ['failover', 2, 2, 'passed', real('stop-endpoints').length],
    [null, null, null, null, 6],
  ]);
  expect(found[0]?.startedAt).toBe('2026-11-25T18:32:43.731957Z');
  expect(found.at(-1)?.problem).toMatch(/is not a recording of kha-lab/);
  const { stdout } = await printed((where) => runs(plainFlags, where), state);
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    '2026-11-25 18:32Z   381 KiB  lab, 1 round of stop kube-scheduler: passed',
    `  ${found[0]?.file}`,
  ]);
});

it('says that there are none', async () => {
  const { stdout } = await printed((where) => runs(plainFlags, where), { XDG_STATE_HOME: '/nowhere' });
  expect(stdout).toBe('No runs are kept in /nowhere/kha-lab/runs.\n');
});

it('prunes by age, by number and by both, never what is being written', async () => {
  const names = [1, 2, 3, 4].map((day) => `2026110${5 - day}-000000-failover-${gone}.ndjson`);
  const fill = () => {
    for (const [index, name] of names.entries()) keep(name, 'x', 10 * (index + 1));
    keep(`20260101-000000-failover-${process.pid}.ndjson`, 'x', 300);
    keep('notes.txt', 'mine', 300);
  };
  const prune = async (wish: { olderThan?: number; keep?: number }) => {
    fill();
    const { stdout } = await printed(
      (where) => runsPrune({ ...plainFlags, ...wish, yes: true }, where),
      state,
    );
    return [stdout.trim(), readdirSync(state.runs).filter((name) => names.includes(name)).length];
  };
  expect(await prune({ olderThan: 25 * dayMs })).toEqual(['2 recordings (2 B) removed, 2 kept.', 2]);
  expect(await prune({ keep: 1 })).toEqual(['3 recordings (3 B) removed, 1 kept.', 1]);
  expect(await prune({ keep: 3, olderThan: 15 * dayMs })).toEqual(['1 recording (1 B) removed, 3 kept.', 3]);
  expect(await prune({ olderThan: 99 * dayMs })).toEqual(['Nothing is that old.', 4]);
  expect(readdirSync(state.runs)).toEqual(
    expect.arrayContaining([`20260101-000000-failover-${process.pid}.ndjson`, 'notes.txt']),
  );
});

it('asks, and does nothing where nobody can answer or where it is not said what is to go', async () => {
  keep(`20261105-000000-failover-${gone}.ndjson`, 'x', 40);
  const prune = (wish: object) => printed((where) => runsPrune({ ...plainFlags, ...wish }, where), state);
  await expect(prune({ olderThan: dayMs })).rejects.toMatchObject({ code: 'needs-yes', exit: 2 });
  await expect(prune({ yes: true })).rejects.toMatchObject({ code: 'usage', exit: 2 });
  expect(readdirSync(state.runs)).toHaveLength(1);
});

it('reads ages', () => {
  expect([age('30d'), age('2w'), age('12h')]).toEqual([30 * dayMs, 14 * dayMs, dayMs / 2]);
  expect(() => age('0d')).toThrow(/longer than 0/);
  for (const wrong of ['', '-3d', 'd', '3 d', '1y']) expect(() => age(wrong)).toThrow(/written like/);
});
