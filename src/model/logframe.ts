// What a log's keeper wraps around a line: the journal, a container runtime, docker. Told apart by looking.
import { containerFrame, dockerFrame } from './containerframe.ts';
import { journalEntry, journalShort } from './journalframe.ts';
import type { EpochMs } from './time.ts';

export interface Framed {
  readonly text: string;
  /** When the keeper got the line, its own clock; null where it does not say. */
  readonly keptMs: EpochMs | null;
  /** Whether the line goes on in the next one. */
  readonly partial: boolean;
  /** Whether the service manager, not the component, said it. */
  readonly byManager: boolean;
  /** The journal's cursor, to follow on from here. */
  readonly cursor: string | null;
}

/** The line without its frame. A line with none comes back whole. */
export function unframed(raw: string): Framed {
  return (raw.startsWith('{') ? fromJson(raw) : (containerFrame(raw) ?? journalShort(raw))) ?? bare(raw);
}

export function bare(text: string): Framed {
  return { text, keptMs: null, partial: false, byManager: false, cursor: null };
}

function fromJson(raw: string): Framed | null {
  if (raw.includes('"__REALTIME_TIMESTAMP"')) return journalEntry(raw);
  return raw.startsWith('{"log"') ? dockerFrame(raw) : null;
}
