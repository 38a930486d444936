// The store's own file: whole after any kill.
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../src/sandbox/etcd/journal.ts';
import { Revisions } from '../../src/sandbox/etcd/revisions.ts';

const everything = { key: '\0', end: '\0' };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kha-journal-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function open(): Revisions {
  const revisions = new Revisions();
  openJournal(revisions, dir);
  return revisions;
}
const put = (revisions: Revisions, key: string, value: string, lease = '0') =>
  revisions.write((writer) => writer.put({ key, value, lease }));

describe('the journal', () => {
  it('brings back keys, their history and the revision', () => {
    const first = open();
    put(first, 'a', '1');
    put(first, 'a', '2');
    first.write((writer) => writer.remove({ key: 'a', end: undefined }));
    put(first, 'b', '3');
    const second = open();
    expect(second.revision).toBe(first.revision);
    expect(second.range(everything)).toEqual(first.range(everything));
    expect(second.range({ key: 'a', end: undefined }, 3)).toEqual(
      first.range({ key: 'a', end: undefined }, 3),
    );
    expect(second.since(2).map(({ revision }) => revision)).toEqual([2, 3, 4, 5]);
  });

  it('stands a last line torn by a kill, and writes on after it', () => {
    put(open(), 'a', '1');
    appendFileSync(join(dir, 'commits.jsonl'), '{"revision":3,"chan');
    const second = open();
    expect(second.revision).toBe(2);
    put(second, 'b', '2');
    expect(
      open()
        .range(everything)
        .map(({ key }) => key),
    ).toEqual(['a', 'b']);
    expect(readFileSync(join(dir, 'commits.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('does not bring back keys that hung on a lease', () => {
    const first = open();
    put(first, 'kept', '1');
    put(first, 'leased', '1', '77');
    expect(
      open()
        .range(everything)
        .map(({ key }) => key),
    ).toEqual(['kept']);
  });

  it('is written anew with living keys only when it has grown large', () => {
    const first = open();
    const large = 'x'.repeat(1024 * 1024);
    for (let round = 0; round < 9; round += 1) put(first, 'a', large + round);
    put(first, 'b', '1');
    const revision = open().revision;
    expect(readFileSync(join(dir, 'commits.jsonl'), 'utf8').length).toBeLessThan(2 * 1024 * 1024);
    const third = open();
    expect(third.revision).toBe(revision);
    expect(third.range(everything)).toEqual(first.range(everything));
    expect(() => third.since(revision)).toThrow('compacted');
  });
});
