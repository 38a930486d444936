// Watches one master: that SSH answers, how its clock stands, how its units are; and connects again when it was lost.
import type { Host } from '../../hosts/host.ts';
import { KhaError } from '../../model/failure.ts';
import type { OffsetSample } from '../../model/time.ts';
import { pause, say, type Witness } from './witness.ts';

export interface MasterWatch extends Witness {
  readonly host: Host;
  /** Samples of this host's clock, newest last; shared with whoever turns its times into ours. */
  readonly offsets: OffsetSample[];
  /** Looks once at the master's units and says how they are. */
  readonly lookAtUnits: () => Promise<void>;
}

/** Between two looks at a master: at its units, and at its clock. */
const lookEveryMs = 2_000;
/** Ten minutes of them. */
const keptOffsets = 300;
const reconnectAfterMs = 2_000;

/** Runs until the signal aborts. The first connection's failure is the caller's to judge: it rejects with it. */
export async function watchMaster(watch: MasterWatch): Promise<void> {
  const { host, signal } = watch;
  let wasLost = false;
  const stop = host.onState((state, detail) => {
    if (signal.aborted || state === 'up') return;
    wasLost = true;
    say(watch, host.name, { kind: 'host', state, roundTripMs: null, detail });
  });
  /** A question may have opened the connection again before anybody missed it. */
  const measure = async () => {
    if (!wasLost) return measureClock(watch);
    wasLost = false;
    await greet(watch);
  };
  try {
    while (!signal.aborted) {
      await lookUntilLost(watch, measure);
      await connectAgain(watch);
      wasLost = false;
    }
  } finally {
    stop();
  }
}

/** Measures this host's clock and says so. Called before, during and after a fault as well. */
export async function measureClock(
  watch: Pick<MasterWatch, 'host' | 'offsets' | 'observe' | 'clock'>,
): Promise<void> {
  const { host, offsets } = watch;
  const sample = await host.clock();
  offsets.push(sample);
  // Each log line is read by all of them, and one from long ago says nothing of now.
  if (offsets.length > keptOffsets) offsets.shift();
  const { offsetMs, errorMs } = sample;
  say(watch, host.name, { kind: 'clock', offsetMs, offsetErrorMs: errorMs }, { atMs: sample.atMs, errorMs });
}

/** Says that the host answers, and how fast: the best of the echoes that measure its clock. */
export async function greet(
  watch: Pick<MasterWatch, 'host' | 'offsets' | 'observe' | 'clock'>,
): Promise<void> {
  await measureClock(watch);
  const roundTripMs = 2 * (watch.offsets.at(-1)?.errorMs ?? 0);
  say(watch, watch.host.name, { kind: 'host', state: 'up', roundTripMs, detail: null });
}

async function lookUntilLost(watch: MasterWatch, measure: () => Promise<void>): Promise<void> {
  try {
    while (!watch.signal.aborted) {
      await watch.lookAtUnits();
      // A clock may run away by a millisecond in the time between two looks, and times are no better known than that.
      await measure();
      await pause(lookEveryMs, watch.signal);
    }
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    tellTrouble(watch, error);
  }
}

async function connectAgain(watch: MasterWatch): Promise<void> {
  const { host, signal } = watch;
  while (!signal.aborted) {
    await pause(reconnectAfterMs, signal);
    if (signal.aborted) return;
    try {
      await host.connect();
      await greet(watch);
      return;
    } catch (error) {
      if (!(error instanceof KhaError)) throw error;
    }
  }
}

function tellTrouble(watch: MasterWatch, { code, message, tryThis }: KhaError): void {
  if (!watch.signal.aborted) say(watch, watch.host.name, { kind: 'problem', code, message, tryThis });
}
