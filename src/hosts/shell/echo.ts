// The best of a few echoes of a host's clock: the smallest round trip knows most.
import type { OffsetSample } from '../../model/time.ts';

export interface Echo {
  /** Observer's clock right before the question went out and right after the answer came in. */
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly hostMs: number;
}

/** `null` for no echoes. Half the round trip bounds the error: the host read its clock somewhere within it. */
export function bestEcho(echoes: readonly Echo[]): OffsetSample | null {
  let best: Echo | null = null;
  for (const echo of echoes)
    if (best === null || echo.receivedMs - echo.sentMs < best.receivedMs - best.sentMs) best = echo;
  if (best === null) return null;
  const atMs = (best.sentMs + best.receivedMs) / 2;
  return { atMs, offsetMs: best.hostMs - atMs, errorMs: (best.receivedMs - best.sentMs) / 2 };
}
