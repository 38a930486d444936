// The HTML report and its pictures: whole by themselves, well-formed, and whatever hosts say is text in them.
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { reportVerdict } from '../../src/model/reportverdict.ts';
import { groupsOf } from '../../src/model/roundgroups.ts';
import type { RunTold } from '../../src/model/runtold.ts';
import { svgFile } from '../../src/report/charts/chart.ts';
import { placed } from '../../src/report/charts/labels.ts';
import { reportCharts } from '../../src/report/charts/list.ts';
import { escaped, markup } from '../../src/report/markup.ts';
import { type ReportFacts, reportPage } from '../../src/report/page.ts';
import type { Films, FilmTold } from '../../src/report/sections/films.ts';
import { runTold } from '../model/runstream.ts';

const again = (run: RunTold) => ({ replay: `kha-lab replay ${run.file}`, repeat: 'kha-lab failover' });

const pageOf = (...runs: readonly RunTold[]) => reportPage(factsOf(runs));
const pageWith = (films: Films, ...runs: readonly RunTold[]) => reportPage({ ...factsOf(runs), films });

function factsOf(runs: readonly RunTold[]): ReportFacts {
  return { runs, groups: groupsOf(runs), verdict: reportVerdict(runs), tool: 'kha-lab 0.1.0', again };
}

const many = { handoversMs: Array.from({ length: 20 }, (_, at) => 14_000 + 400 * at) };
const hostile = '<img src=x onerror=alert(1)> </script><script>alert(2)</script> "\' \u202e';

describe('a page', () => {
  const page = pageOf(runTold(many));

  test('has all its parts', () => {
    for (const part of [
      'All 20 rounds passed.',
      'kube-scheduler, stop, lock in Lease',
      'They agree with the rules',
      'How many were over by when',
      'run, round 1: stop of kube-scheduler on kuberm',
      '✓ Every unit was put back as it was found.',
      'kha-lab replay run.ndjson',
      'Logs of all masters, merged by corrected time',
      'armed, and taken down again',
    ])
      expect(page).toContain(part);
    expect(page.match(/<circle class="dot"/g)).toHaveLength(2 * 20);
  });

  test('lets in nothing but its own style and script', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    const hashOf = (tag: string) => {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
      return `sha256-${createHash('sha256').update(text).digest('base64')}`;
    };
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src '${hashOf('style')}'; script-src '${hashOf('script')}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/ (?:src|href|style|on[a-z]+)=/);
    expect(page.match(/https?:\/\//g)).toBeNull();
  });

  test('without films has no player, and no terminal is let in', () => {
    expect(page).not.toMatch(/asciinema|wasm|data-cast/);
  });

  test('draws no curve of too few rounds', () => {
    expect(pageOf(runTold({ handoversMs: many.handoversMs.slice(1) }))).not.toContain('How many were over');
  });

  test('holds text of hosts as text', () => {
    const evil = pageOf(runTold({ handoversMs: [16_000], line: hostile }, `${hostile}.ndjson`));
    expect(evil).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(evil).not.toContain('<img');
    expect(evil.match(/<script>/g)).toHaveLength(1);
    expect(evil).toContain('‹U+202E›');
  });
});

describe('a page with films', () => {
  const film = (name: string): FilmTold => ({
    ...{ name, title: `kha-lab failover on ${name}`, lengthMs: 71_000, posterMs: 34_500 },
    ...{ cast: `{"version":3}\n[0,"o","${name}"]\n`, still: ['kuberm  leads', name] },
  });
  const player = { script: 'window.AsciinemaPlayer = 1 < 2;', style: '.ap-player{color:red}' };
  const runs = [runTold({ handoversMs: [16_000] })];
  const page = pageWith({ player, told: [film('one'), film(hostile)], leftOut: 2 }, ...runs);

  test('lets in the player by its hash, and its terminal', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    const hashes = (tag: string) =>
      [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(
        ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
      );
    expect(page).toContain(`<script>${player.script}</script>`);
    expect(hashes('script')).toHaveLength(3);
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src ${hashes('style').join(' ')}; script-src ${hashes('script').join(' ')} 'wasm-unsafe-eval'; base-uri 'none'; form-action 'none'`,
    );
  });

  test('holds each cast packed, a still as text, and says what is not filmed', () => {
    const packed = [...page.matchAll(/<script type="text\/plain" id="cast-\d">([^<]+)<\/script>/g)];
    const casts = packed.map(([, text = '']) => gunzipSync(Buffer.from(text, 'base64')).toString('utf8'));
    expect(casts).toEqual([film('one').cast, film(hostile).cast]);
    expect(page).toContain('<pre>kuberm  leads\none\n</pre>');
    expect(page).toContain('<summary>one: kha-lab failover on one, 01:11</summary>');
    expect(page).toContain('The screen at 00:34, as text');
    expect(page.match(/<details class="film" open>/g)).toHaveLength(1);
    expect(page).toContain('2 recordings are not filmed here');
    expect(page).not.toContain('<img');
  });
});

test('pictures are files of their own, well-formed, in as many words as shapes', () => {
  const runs = [runTold(many, 'a.ndjson'), runTold({ handoversMs: [16_000, null], line: hostile }, hostile)];
  const { ofGroup, ofRounds, leftOut } = reportCharts(runs, groupsOf(runs));
  const charts = [...ofGroup.flat(), ...ofRounds];
  expect(charts.map(({ id }) => id).slice(0, 3)).toEqual(['rounds-1', 'shares-1', 'round-1']);
  expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length);
  expect(leftOut).toBe(0);
  for (const chart of charts) {
    const svg = svgFile(chart);
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).toMatch(/<title>.+<\/title><desc>.+<\/desc>/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
  }
});

test('of very many rounds those that did not pass are drawn first', () => {
  const run = runTold({ handoversMs: [...Array.from({ length: 60 }, () => 16_000), null] });
  const { ofRounds, leftOut } = reportCharts([run], groupsOf([run]));
  expect(ofRounds).toHaveLength(40);
  expect(leftOut).toBe(21);
  expect(ofRounds.at(-1)?.id).toBe('round-61');
});

test('of very many rounds the dots are smaller and the picture no higher', () => {
  const height = (n: number) => {
    const runs = [
      runTold({ handoversMs: Array.from({ length: n }, (_, at) => 14_000 + ((at * 7919) % 7000)) }),
    ];
    return reportCharts(runs, groupsOf(runs)).ofGroup[0]?.[0]?.draw(900).height ?? Number.NaN;
  };
  expect(height(300)).toBeLessThan(height(20) + 120);
});

test('labels never run into one another', () => {
  const labels = [10, 12, 14, 200, 210].map((x) => ({ x, words: 'lease over' }));
  const found = placed(labels, 330);
  for (const one of found)
    for (const other of found)
      if (one !== other && one.row === other.row)
        expect(Math.abs(one.left - other.left)).toBeGreaterThan('lease over'.length * 6.5);
  expect(Math.max(...found.map(({ row }) => row))).toBe(2);
});

test('what is put into markup is text, unless it is markup', () => {
  expect(markup`<b>${'<i>'}</b>${markup`<u>${1.2345}</u>`}${null}${['&', "'"]}`.text).toBe(
    '<b>&lt;i&gt;</b><u>1.23</u>&amp;&#39;',
  );
  expect(escaped('a\x1bb\u0000')).toBe('a␛b␀');
});
