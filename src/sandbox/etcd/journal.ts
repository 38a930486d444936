// Keeps the store's revisions on disk, so that a killed or restarted store comes back with what it had.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Commit, Revisions } from './revisions.ts';

/** Above this many characters, a start rewrites the file with living keys only. */
const roomy = 8 * 1024 * 1024;

/** A commit, or (`whole`) all that lived at its revision, what was before being forgotten. */
type Line = Commit & { readonly whole?: true };

/**
 * Reads what `dir` holds into `revisions`, then appends each commit as one line. Keys that hung on a lease are
 * removed: leases do not outlive the process, and their owners put the keys anew.
 */
export function openJournal(revisions: Revisions, dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'commits.jsonl');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // A kill may have torn the last line; what was not whole was never acknowledged.
  const sound = text.slice(0, text.lastIndexOf('\n') + 1);
  for (const line of sound.split('\n')) {
    if (line === '') continue;
    const commit = JSON.parse(line) as Line;
    revisions.restore(commit);
    if (commit.whole) revisions.compact(commit.revision);
  }
  if (sound.length > roomy) replace(file, `${JSON.stringify(snapshot(revisions))}\n`);
  else if (sound !== text) replace(file, sound);
  revisions.listen((commit) => appendFileSync(file, `${JSON.stringify(commit)}\n`, { mode: 0o600 }));
  dropLeased(revisions);
}

const everything = { key: '\0', end: '\0' } as const;

function snapshot(revisions: Revisions): Line {
  const changes = revisions.range(everything).map((now) => ({ now, before: undefined }));
  return { revision: revisions.revision, changes, whole: true };
}

function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function dropLeased(revisions: Revisions): void {
  const leased = revisions.range(everything).filter((kv) => kv.lease !== '0');
  revisions.write((writer) => {
    for (const { key } of leased) writer.remove({ key, end: undefined });
  });
}
