// The store's heart: keys, each with its revisions, in memory. One write is one revision, however many keys it changes.
import { GatewayError, grpc } from './wire.ts';

export interface KeyValue {
  /** One character a byte. */
  readonly key: string;
  /** Base64, as it came. */
  readonly value: string;
  readonly created: number;
  readonly modified: number;
  /** Writes since it was created; 0 marks a deletion. */
  readonly version: number;
  readonly lease: string;
}

export interface Change {
  readonly now: KeyValue;
  /** What it was, if it was there. */
  readonly before: KeyValue | undefined;
}

/** One committed write. */
export interface Commit {
  readonly revision: number;
  readonly changes: readonly Change[];
}

/** `end` undefined: one key; `\0`: every key from `key` on. */
export interface KeyRange {
  readonly key: string;
  readonly end: string | undefined;
}

export function within({ key, end }: KeyRange, candidate: string): boolean {
  if (end === undefined) return candidate === key;
  return candidate >= key && (end === '\0' || candidate < end);
}

/** What a write may do; everything it does is seen at once, under one revision. */
export interface Writer {
  put(entry: { key: string; value: string; lease: string }): KeyValue | undefined;
  remove(range: KeyRange): readonly KeyValue[];
}

export class Revisions {
  #revision = 1;
  #compacted = 0;
  #keys: string[] = [];
  readonly #versions = new Map<string, KeyValue[]>();
  #commits: Commit[] = [];
  readonly #listeners = new Set<(commit: Commit) => void>();

  get revision(): number {
    return this.#revision;
  }

  get compacted(): number {
    return this.#compacted;
  }

  /** Called after each commit, in order. */
  listen(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Living keys in key order, as they were at `revision` (0: now). @throws GatewayError */
  range(range: KeyRange, revision = 0): readonly KeyValue[] {
    if (revision > this.#revision) {
      throw new GatewayError(grpc.outOfRange, 'etcdserver: mvcc: required revision is a future revision');
    }
    if (revision !== 0 && revision < this.#compacted) throw compactedError();
    const found: KeyValue[] = [];
    for (let index = this.#indexOf(range.key); index < this.#keys.length; index += 1) {
      const key = this.#keys[index] ?? '';
      if (!within(range, key)) break;
      const versions = this.#versions.get(key);
      const kv = revision === 0 ? versions?.at(-1) : versions?.findLast((old) => old.modified <= revision);
      if (kv && kv.version > 0) found.push(kv);
    }
    return found;
  }

  /** Runs `work`; if it changed anything, that is one new revision. */
  write<T>(work: (writer: Writer) => T): T {
    const changes: Change[] = [];
    const revision = this.#revision + 1;
    const result = work({
      put: ({ key, value, lease }) => {
        const before = this.range({ key, end: undefined })[0];
        const created = before?.created ?? revision;
        const now = { key, value, created, modified: revision, version: (before?.version ?? 0) + 1, lease };
        this.#add(now);
        changes.push({ now, before });
        return before;
      },
      remove: (range) => {
        const gone = this.range(range);
        for (const before of gone) {
          const now = { key: before.key, value: '', created: 0, modified: revision, version: 0, lease: '0' };
          this.#add(now);
          changes.push({ now, before });
        }
        return gone;
      },
    });
    if (changes.length > 0) this.#commit({ revision, changes });
    return result;
  }

  /** Commits from `revision` on. @throws GatewayError when some are compacted away. */
  since(revision: number): readonly Commit[] {
    if (revision <= this.#compacted) throw compactedError();
    const start = this.#commits.findIndex((commit) => commit.revision >= revision);
    return start < 0 ? [] : this.#commits.slice(start);
  }

  /** Forgets what was before `revision`. @throws GatewayError */
  compact(revision: number): void {
    if (revision <= this.#compacted) throw compactedError();
    if (revision > this.#revision) {
      throw new GatewayError(grpc.outOfRange, 'etcdserver: mvcc: required revision is a future revision');
    }
    this.#compacted = revision;
    this.#commits = this.#commits.filter((commit) => commit.revision > revision);
    for (const [key, versions] of this.#versions) {
      const last = versions.findLastIndex((kv) => kv.modified <= revision);
      const kept = versions.slice(Math.max(0, last));
      if (kept.length === 1 && kept[0]?.version === 0 && kept[0].modified <= revision) {
        this.#versions.delete(key);
      } else this.#versions.set(key, kept);
    }
    this.#keys = this.#keys.filter((key) => this.#versions.has(key));
  }

  /** Puts back commits read from disk. */
  restore(commit: Commit): void {
    for (const { now } of commit.changes) this.#add(now);
    this.#revision = commit.revision;
    this.#commits.push(commit);
  }

  #commit(commit: Commit): void {
    this.#revision = commit.revision;
    this.#commits.push(commit);
    for (const listener of this.#listeners) listener(commit);
  }

  #add(kv: KeyValue): void {
    const versions = this.#versions.get(kv.key);
    if (versions) versions.push(kv);
    else {
      this.#versions.set(kv.key, [kv]);
      this.#keys.splice(this.#indexOf(kv.key), 0, kv.key);
    }
  }

  /** Where `key` is or would be. */
  #indexOf(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function compactedError(): GatewayError {
  return new GatewayError(grpc.outOfRange, 'etcdserver: mvcc: required revision has been compacted');
}
