// What a key asks of the world outside the screens.
import type { LabIntent } from '../model/labplan.ts';
import type { Background } from './background.ts';

export type PlaybackMove =
  | 'toggle'
  | 'faster'
  | 'slower'
  | 'earlier'
  | 'later'
  | 'muchEarlier'
  | 'muchLater'
  | 'tenthEarlier'
  | 'tenthLater'
  | 'nextMark'
  | 'previousMark'
  | 'nextHandover'
  | 'previousHandover';

export type Effect =
  | { readonly sort: 'intend'; readonly intent: LabIntent }
  | { readonly sort: 'copy'; readonly text: string }
  | { readonly sort: 'keep'; readonly text: string }
  | { readonly sort: 'playback'; readonly move: PlaybackMove }
  | { readonly sort: 'leave'; readonly how: 'quit' | 'interrupt' }
  /** Null: the other one than now. */
  | { readonly sort: 'background'; readonly background: Background | null }
  | { readonly sort: 'suspend' }
  | { readonly sort: 'redraw' };

export interface Outcome<V> {
  readonly view: V;
  readonly effects: readonly Effect[];
}
