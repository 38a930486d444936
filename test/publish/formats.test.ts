// Each format says what the result says, and stays what it is whatever hosts are called or say.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/publish/csv.ts';
import { toJson } from '../../src/publish/json.ts';
import { toJunit } from '../../src/publish/junit.ts';
import { toMarkdown } from '../../src/publish/markdown.ts';
import { nasty, nastyRun, realRun } from './runs.ts';

describe('json', () => {
  it('is the object of one run, or all of them', async () => {
    const [stop, kill] = [await realRun('stop-endpoints'), await realRun('kill-leases')];
    expect(JSON.parse(toJson([stop]))).toEqual(stop.result);
    expect(JSON.parse(toJson([stop, kill]))).toEqual({ version: 1, runs: [stop.result, kill.result] });
  });
});

describe('csv', () => {
  /** As RFC 4180: quoted cells may hold everything. */
  const parsed = (text: string) => {
    const rows: string[][] = [];
    let cells: string[] = [];
    for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
      cells.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
      if (end !== '\r\n') continue;
      rows.push(cells);
      cells = [];
    }
    return rows;
  };

  it('has a row a round, and a name for each column', async () => {
    const [stop, kill] = [await realRun('stop-endpoints'), await realRun('kill-leases')];
    const [names = [], ...rows] = parsed(toCsv([stop, kill]));
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toHaveLength(names.length);
    const cell = (row: number, name: string) => rows[row]?.[names.indexOf(name)];
    expect(rows.map((_, row) => Number(cell(row, 'handoverMs')))).toEqual(
      [stop, kill].flatMap(({ result }) => result.rounds.map(({ handoverMs }) => handoverMs)),
    );
    expect([cell(0, 'from'), cell(0, 'to'), cell(2, 'fault'), cell(2, 'lock')]).toEqual([
      'kuberm',
      'kuberm2',
      'kill',
      'Lease',
    ]);
    expect(Number(cell(1, 'acquiredMs'))).toBe(stop.result.rounds[1]?.handoverMs);
    expect(cell(0, 'releasedMs')).toBe('');
  });

  it('keeps texts in their cells, and runs none as a formula', async () => {
    const [names = [], first = [], second = []] = parsed(toCsv([await nastyRun()]));
    expect([first.length, second.length]).toEqual([names.length, names.length]);
    expect(first[names.indexOf('why')]).toBe(`'${nasty}`);
    expect(second[names.indexOf('handoverMs')]).toBe('');
  });
});

describe('junit', () => {
  const parsed = (text: string) => {
    expect(XMLValidator.validate(text)).toBe(true);
    const options = { ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false };
    return new XMLParser({ ...options, isArray: (name) => /^(testsuite|testcase)$/.test(name) }).parse(text);
  };

  it('has a suite a run and a case a round, counted right', async () => {
    const { testsuites } = parsed(toJunit([await realRun('stop-endpoints'), await realRun('kill-leases')]));
    expect(testsuites).toMatchObject({ tests: '7', failures: '0', errors: '0' });
    const [stop] = testsuites.testsuite;
    expect(stop).toMatchObject({ name: 'kube-scheduler.stop', tests: '4', timestamp: '2026-11-25T18:30:46' });
    expect(stop.testcase.map(({ name, time }: Record<string, string>) => [name, time])).toEqual([
      ['round 1: kuberm to kuberm2', '16.579'],
      ['round 2: kuberm2 to kuberm', '19.720'],
      ['everything was put back', '0.000'],
      ['the state is steady again', '0.000'],
    ]);
  });

  it('tells a round that failed from one that could not be judged, in well-formed XML', async () => {
    const text = toJunit([await nastyRun()]);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
    expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
    const { testsuites } = parsed(text);
    expect(testsuites).toMatchObject({ tests: '4', failures: '3', errors: '1' });
    const [failed, unjudged, restored] = testsuites.testsuite[0].testcase;
    expect(failed.failure.message).toContain('<b>"x"&amp;|`y`');
    expect(unjudged.error).toMatchObject({ type: 'inconclusive' });
    expect(restored.failure.message).toBe('not so: everything was put back');
  });
});

describe('markdown', () => {
  it('says the verdict, and a row a round', async () => {
    const text = toMarkdown([await realRun('stop-endpoints')]);
    expect(text).toMatch(/^### stop kube-scheduler: 2 of 2 rounds passed\n/);
    expect(text).toContain('| 1 | kuberm | kuberm2 | passed | 16.579 s ± 0.002 s |');
    expect(text).toMatch(/See it again with `kha-lab replay .*stop-endpoints\.ndjson\.gz`\./);
  });

  it('keeps its table and gives nobody markup of his own', async () => {
    const text = toMarkdown([await nastyRun()]);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replaceAll(/\\./g, '').split('|')).toHaveLength(11);
    expect(text.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)</);
    expect(text).toContain('**Not everything was put back:**');
  });
});
