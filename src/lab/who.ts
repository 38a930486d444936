// Which masters a lab means by "leader", "standby", "old leader": by the lock's record, never by a list.
import * as z from 'zod';
import type { Story } from '../model/story.ts';

export const who = z
  .enum(['leader', 'standby', 'old-leader', 'new-leader', 'first', 'each'])
  .describe(
    'Which masters, by the lock as it is now; old-leader and new-leader are those of the last round.',
  );

export type Who = z.infer<typeof who>;

export interface Cast {
  readonly story: Story;
  /** Every master's name, in the inventory's order. */
  readonly masters: readonly string[];
}

/** Names of the masters meant; empty while that is not known. */
export function meant(which: Who, component: string, { story, masters }: Cast): readonly string[] {
  const leader = story.scene.locks[component]?.master ?? null;
  const round = story.rounds[component] ?? null;
  switch (which) {
    case 'each':
      return masters;
    case 'first':
      return masters.slice(0, 1);
    case 'leader':
      return leader === null ? [] : [leader];
    case 'standby':
      return leader === null ? [] : masters.filter((name) => name !== leader);
    case 'old-leader':
      return round ? [round.begun.from] : [];
    case 'new-leader':
      return round && leader !== null && leader !== round.begun.from ? [leader] : [];
  }
}

/** `kuberm and kuberm2`: for sentences. */
export function listed(names: readonly string[], and = 'and'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${and} ${last}`;
}
