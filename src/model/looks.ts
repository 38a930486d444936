// What lines say of the lock itself: a leader's renewals, a standby's looks.
import type { LogEvent } from './logevent.ts';

interface Line {
  readonly event: LogEvent;
  readonly component: string;
}

/** Whether the line tells that its process renewed the lock it held, or had just taken it. */
export function isRenewal({ event, component }: Line): boolean {
  if (event.is === 'renewed' || event.is === 'acquired') return true;
  return (
    event.is === 'request' &&
    event.method === 'PUT' &&
    event.status === 200 &&
    isOfLock(event.path, component)
  );
}

/** Whether the line tells that its process looked at the lock and found it held. */
export function isLook({ event, component }: Line): boolean {
  if (event.is === 'held' || event.is === 'notAcquired') return true;
  return (
    event.is === 'request' &&
    event.method === 'GET' &&
    event.status === 200 &&
    isOfLock(event.path, component)
  );
}

/** What a log's lines are counted by: their event, and, of the requests among them, what they asked for. */
export type LogTally = LogEvent['is'] | 'lockRead' | 'lockWrite' | 'podBound';

/** Every count a line adds to. A request that failed was asked all the same. */
export function talliesOf({ event, component }: Line): readonly LogTally[] {
  if (event.is !== 'request') return [event.is];
  const { method, path } = event;
  if (method === 'GET' && isOfLock(path, component)) return ['request', 'lockRead'];
  if (method === 'PUT' && isOfLock(path, component)) return ['request', 'lockWrite'];
  if (method === 'POST' && /\/bindings?$/.test(path)) return ['request', 'podBound'];
  return ['request'];
}

const lockPath = /\/(?:leases|endpoints|configmaps)\/([^/?]+)(?:\?|$)/;

function isOfLock(path: string, component: string): boolean {
  return lockPath.exec(path)?.[1] === component;
}
