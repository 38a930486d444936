// Everything a region needs to draw itself; regions are pure functions of this and their size.
import type { LabStep } from '../model/labplan.ts';
import type { LogBook } from './logbook.ts';
import type { Looked, Situation } from './situation.ts';

export interface PlaybackState {
  readonly playing: boolean;
  readonly speed: number;
  readonly positionMs: number;
  readonly lengthMs: number;
}

export interface Draw extends Omit<Looked, 'playback'> {
  readonly title: string;
  readonly step: LabStep | null;
  readonly situation: Situation;
  /** The run's clock now. */
  readonly nowMs: number;
  /** Wall time of the run's start, epoch milliseconds; NaN when not yet known. */
  readonly startedMs: number;
  readonly explanation: string | null;
  readonly recorded?: boolean;
  readonly waitingFor: string;
  readonly opening?: boolean;
  readonly calm?: boolean;
  readonly playback: PlaybackState | null;
  readonly book: (key: string) => LogBook;
}
