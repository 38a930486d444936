// The note of a namespace of canaries, on this machine's disk from before it is made until it is gone.
import { resolve } from 'node:path';
import type { ComponentName } from '../model/lock.ts';
import type { Clock } from '../model/time.ts';
import { clearPending, giveUpPending, type Pending, processOf, writePending } from './pending.ts';

export interface NamespaceNote {
  /** @throws KhaError `not-noted` (exit 3): then nothing may be made. */
  write(): void;
  clear(): void;
  /** Its run could not clear it away; `recover` will. */
  giveUp(): void;
}

export interface NoteWish {
  readonly folder: string;
  readonly namespace: string;
  readonly component: ComponentName;
  /** The inventory's file. */
  readonly inventory: string;
  /** Any master of it: through its API servers the namespace is found again. */
  readonly master: string;
  readonly clock: Clock;
}

export const noted = (namespace: string): string => `namespace/${namespace}`;

/** Whether a note is of a namespace, from the unit it names. */
export const isNamespace = (unit: string): boolean => unit.startsWith(noted(''));

export function namespaceNote(wish: NoteWish): NamespaceNote {
  const pending = pendingOf(wish);
  return {
    write: () => writePending(wish.folder, pending),
    clear: () => clearPending(wish.folder, pending.id),
    giveUp: () => giveUpPending(wish.folder, pending),
  };
}

function pendingOf({ namespace, component, inventory, master, clock }: NoteWish): Pending {
  const own = processOf(process.pid);
  return {
    version: 2,
    id: namespace,
    pid: process.pid,
    ...(own !== null && { process: own }),
    startedAt: new Date(clock()).toISOString(),
    inventory: resolve(inventory),
    component,
    fault: 'left',
    master,
    unit: noted(namespace),
    undo: [],
    snapshots: [],
    exitsWithinMs: 0,
    armedOn: [],
    namespace,
  };
}
