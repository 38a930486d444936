// Turns lock changes, which every API server shows, into one piece of news for each change of holder.
import { masterOfHolder } from '../../model/lock.ts';
import type { LockSeen } from '../../model/observation.ts';
import type { EpochMs } from '../../model/time.ts';
import { say, type Witness } from './witness.ts';

export interface LeaderNews {
  tell(seen: LockSeen, atMs: EpochMs): void;
}

export interface KnownMaster {
  readonly name: string;
  readonly identity?: string;
}

export function createLeaderNews(witness: Witness, masters: readonly KnownMaster[]): LeaderNews {
  const newest = new Map<string, { version: number; holder: string | null }>();
  return {
    tell({ component, record, resourceVersion }, atMs) {
      const version = Number(resourceVersion);
      const known = newest.get(component);
      // A slower API server repeats what a faster one said: only newer versions are news.
      if (known && version <= known.version) return;
      const holder = record?.holder || null;
      newest.set(component, { version, holder });
      if (known && known.holder === holder) return;
      const master = holder === null ? null : masterOfHolder(holder, masters);
      say(witness, null, { kind: 'leader', component, holder, master }, { atMs });
    },
  };
}
