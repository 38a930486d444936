// A round's phases as tables show them: when, after the fault, the old leader was gone, the lock free, the lock taken, work done again.
import type { MarkName, Round } from './round.ts';

export interface Phases {
  /** Milliseconds after `faultIssued`; null where it was not seen. */
  readonly goneMs: number | null;
  /** When a standby could take the lock: released, or its lease over. */
  readonly freeMs: number | null;
  /** What made it free; null where neither was seen. */
  readonly freedBy: 'released' | 'leaseExpired' | null;
  readonly acquiredMs: number | null;
  readonly firstWorkMs: number | null;
}

export function phasesOf({ marks, on }: Pick<Round, 'marks' | 'on'>): Phases {
  const at = (name: MarkName) => marks.find((mark) => mark.name === name)?.atMs ?? null;
  const issuedMs = at('faultIssued');
  const since = (ms: number | null) => (ms === null || issuedMs === null ? null : ms - issuedMs);
  // Where a standby was struck the leader goes on renewing, and the lock was never free.
  const [released, expired] = on === undefined ? [at('released'), at('leaseExpired')] : [null, null];
  return {
    goneMs: since(at('instanceGone') ?? at('leaseLost')),
    freeMs: since(released ?? expired),
    freedBy: released !== null ? 'released' : expired === null ? null : 'leaseExpired',
    acquiredMs: since(at('acquired')),
    firstWorkMs: since(at('firstWork')),
  };
}
