// A recording as a film: both versions of the format say the same, and show the handover.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import xterm from '@xterm/headless';
import { beforeAll, describe, expect, it } from 'vitest';
import { filmRecording } from '../../src/commands/filming.ts';
import { toAsciicast, toAsciicastV2 } from '../../src/publish/asciicast.ts';
import { loadRecording } from '../../src/recording/load.ts';
import { type Film, filmOf } from '../../src/tui/film.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { english } from '../../src/tui/words/english.ts';
import { texts } from '../../src/tui/words/words.ts';
import { recording } from './runs.ts';

const facts = { title: 'kha-lab failover', startedAt: '2026-11-25T18:32:00.427989Z' };
let film: Film;

beforeAll(async () => {
  const { tape } = await loadRecording(recording('kill-leases'));
  film = filmOf({
    tape,
    title: 'failover',
    columns: 100,
    rows: 30,
    theme: themeFor({ env: {}, color: true }),
  });
});

/** What a terminal shows once all of it was written. */
async function shown(texts: readonly string[]): Promise<string> {
  const terminal = new xterm.Terminal({ cols: 100, rows: 30, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(texts.join(''), resolve));
  const { active } = terminal.buffer;
  return Array.from({ length: 30 }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join(
    '\n',
  );
}

const events = (cast: string) =>
  cast
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as [number, string, string]);

describe('a film', () => {
  it('shows the handover at its end, both masters beside each other', async () => {
    const screen = await shown(film.frames.map(({ text }) => text));
    expect(screen).toMatch(/handover 16\.785 s ± /);
    expect(screen).toMatch(/kuberm\s.*○ standby.*│ kuberm2 ★ leader/);
    expect(screen).toContain('run over');
  });

  it('keeps the moment asked for as text, the end by itself', async () => {
    expect(film.still.join('\n')).toContain('run over');
    const { tape } = await loadRecording(recording('kill-leases'));
    const wish = {
      tape,
      title: 'failover',
      columns: 100,
      rows: 30,
      theme: themeFor({ env: {}, color: true }),
    };
    const { still } = filmOf({ ...wish, stillMs: 6000 });
    const early = film.frames.filter(({ atMs }) => atMs <= 6000).map(({ text }) => text);
    const rows = (text: string) => text.split('\n').map((row) => row.trimEnd());
    expect(rows(still.join('\n'))).toEqual(rows(await shown(early)).slice(0, still.length));
  });

  it('shows nothing before its time', async () => {
    const early = film.frames.filter(({ atMs }) => atMs < 6000).map(({ text }) => text);
    expect(await shown(early)).not.toMatch(/handover \d/);
    const times = film.frames.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('a film of a lab', { timeout: 120_000 }, () => {
  it('shows each step with its text, what is done, its checks and what came of it', async () => {
    const { film } = await filmRecording(recording('lab'));
    const at = async (ms: number) => {
      const early = film.frames.filter(({ atMs }) => atMs <= ms).map(({ text }) => text);
      return shown(early);
    };
    const looking = await at(12_000);
    expect(looking).toMatch(/kha-lab {2}HA masters {2}\d+\/\d+ {2}\S/);
    const stopped = await at(30_000);
    expect(stopped).toContain('Stop the scheduler on the leader');
    expect(stopped).toContain('on kuberm');
    expect(stopped).toMatch(/guess 13 to 24 s/);
    const over = await at(43_500);
    expect(over).toContain('What happened: ');
    expect(over).toMatch(/✓ /);
    expect(await at(Number.POSITIVE_INFINITY)).toContain('run over');
  });

  it('is told in the language it was walked in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kha-film-'));
    const file = join(folder, 'german.ndjson');
    const text = gunzipSync(readFileSync(recording('lab'))).toString('utf8');
    writeFileSync(file, text.replace('"lab":"ha-masters"', '"lab":"ha-masters","flags":{"lang":"de"}'));
    const { film } = await filmRecording(file);
    rmSync(folder, { recursive: true });
    const screen = await shown(film.frames.filter(({ atMs }) => atMs <= 43_500).map(({ text: one }) => one));
    expect(screen).toContain('Was geschah: ');
    expect(screen).not.toContain('What happened: ');
    expect(texts()).toBe(english);
  });
});

describe('asciicast', () => {
  it('version 2 counts from the beginning, version 3 from the event before, to the same moments', () => {
    const older = events(toAsciicastV2(film, facts));
    let sum = 0;
    const newer = events(toAsciicast(film, facts)).map(([interval, sort, text]) => {
      sum += interval;
      return [Math.round(sum * 1000), sort, text];
    });
    expect(newer).toEqual(older.map(([at, sort, text]) => [Math.round(at * 1000), sort, text]));
  });

  it('marks the fault and the new leader of each round, in both versions and in their turn', async () => {
    const { film, facts } = await filmRecording(recording('stop-endpoints'));
    expect(facts.marks?.map(({ label }) => label)).toEqual([
      'round 1: stop',
      'round 1: kuberm2 took the lock',
      'round 2: stop',
      'round 2: kuberm took the lock',
    ]);
    const older = events(toAsciicastV2(film, facts));
    expect(
      older.filter(([, code]) => code === 'm').map(([at, , label]) => ({ atMs: at * 1000, label })),
    ).toEqual(facts.marks);
    const times = older.map(([at]) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const newer = events(toAsciicast(film, facts));
    expect(newer.map(([, code, text]) => [code, text])).toEqual(older.map(([, code, text]) => [code, text]));
    const sum = newer.reduce((all, [interval]) => all + interval, 0);
    expect(sum).toBeCloseTo(older.at(-1)?.[0] ?? Number.NaN, 2);
  });

  it('has the header of its version', () => {
    const header = (cast: string) => JSON.parse(cast.split('\n', 1)[0] ?? '');
    const timestamp = 1795631520;
    expect(header(toAsciicastV2(film, facts))).toMatchObject({
      version: 2,
      width: 100,
      height: 30,
      timestamp,
    });
    expect(header(toAsciicast(film, facts))).toMatchObject({
      version: 3,
      term: { cols: 100, rows: 30 },
      timestamp,
    });
  });
});
