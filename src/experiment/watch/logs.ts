// Follows one component's log on one master, across restarts of the component and of the connection.
import type { Argv, Host } from '../../hosts/host.ts';
import { KhaError } from '../../model/failure.ts';
import { type ParsedLine, parseLogLine } from '../../model/logline.ts';
import { createKeyHider } from '../../model/mask.ts';
import type { LogPlace } from '../../model/observation.ts';
import type { EpochMs, OffsetSample } from '../../model/time.ts';
import { instantOf } from '../../model/time.ts';
import { pause, say, type Witness } from './witness.ts';

export interface LogWatch extends Witness {
  readonly host: Host;
  readonly component: string;
  readonly place: LogPlace;
  readonly offsets: readonly OffsetSample[];
  readonly startedMs: number;
}

/** Lines shown of the time before; after a lost connection, as many as may have been missed. */
export const historyLines = { first: 20, again: 5_000 };
const againAfterMs = 1_000;
/** Each time that sudo refuses is a line in the master's own log, and somebody may have to be told of it there. */
const refusedAgainAfterMs = 30_000;

export function followArgv(place: LogPlace, lines: number): Argv {
  return place.at === 'file'
    ? ['tail', '-n', String(lines), '-F', place.path]
    : [
        'journalctl',
        '--unit',
        place.unit,
        '--lines',
        String(lines),
        '--follow',
        '--output=json',
        '--no-pager',
        '--quiet',
      ];
}

/** Runs until the signal aborts; whatever of it meets a lost connection, its first question too, is begun again. */
export async function watchLog(watch: LogWatch): Promise<void> {
  const { signal } = watch;
  const seen = createMemory();
  const reading: Reading = { zoneMinutes: null, missing: null, refused: false, lines: historyLines.first };
  while (!signal.aborted) {
    try {
      reading.zoneMinutes ??= await askZone(watch.host);
      reading.missing ??= await sayIfMissing(watch);
      if (signal.aborted) return;
      await followOnce(watch, reading, seen);
    } catch (error) {
      if (!(error instanceof KhaError)) throw error;
      if (!signal.aborted) sayFailure(watch, error, reading);
    }
    seen.repeatBegins();
    await pause(reading.refused ? refusedAgainAfterMs : againAfterMs, signal);
  }
}

/** What is known of the log so far; null: not asked yet with success. */
interface Reading {
  /** The host's zone, minutes east of UTC: klog headers carry none. */
  zoneMinutes: number | null;
  missing: boolean | null;
  /** It may not be read, and that was said. */
  refused: boolean;
  lines: number;
}

async function followOnce(watch: LogWatch, reading: Reading, seen: Memory): Promise<void> {
  const { host, place, signal } = watch;
  const followed = host.follow(followArgv(place, reading.lines), { sudo: true });
  reading.lines = historyLines.again;
  const stop = () => followed.close();
  signal.addEventListener('abort', stop);
  // Begun afresh for each connection: continuation lines belong to what this one showed before them.
  let previous: ParsedLine | null = null;
  const hideKeys = createKeyHider();
  try {
    for await (const { text, arrivedMs } of followed) {
      reading.refused = false;
      previous = parseLogLine(text, { zoneMinutes: reading.zoneMinutes ?? 0, arrivedMs, previous });
      tell(watch, { ...previous, text: hideKeys(previous.text) }, arrivedMs, seen);
    }
    const { code, stderr } = await followed.ended;
    if (!signal.aborted) sayGap(watch, stderr.trim() || `the log could not be followed (exit ${code})`);
  } finally {
    signal.removeEventListener('abort', stop);
    followed.close();
  }
}

function tell(watch: LogWatch, parsed: ParsedLine, arrivedMs: EpochMs, seen: Memory): void {
  const { text: line, event, writtenMs } = parsed;
  if (!seen.isNew(line, writtenMs)) return;
  const arrivedRunMs = arrivedMs - watch.startedMs;
  const shared = {
    kind: 'log',
    component: watch.component,
    line,
    event,
    writtenMs,
    arrivedMs: arrivedRunMs,
  } as const;
  const written = writtenMs === null ? { atMs: arrivedMs } : instantOf(watch.offsets, writtenMs);
  say(watch, watch.host.name, shared, written);
}

interface Memory {
  repeatBegins(): void;
  isNew(line: string, writtenMs: number | null): boolean;
}

/** After a lost connection the last lines come again: those up to the newest one known are left out. */
function createMemory(): Memory {
  let newestMs = Number.NEGATIVE_INFINITY;
  let atNewest = new Set<string>();
  let repeating = false;
  return {
    repeatBegins() {
      repeating = newestMs > Number.NEGATIVE_INFINITY;
    },
    isNew(line, writtenMs) {
      if (repeating && (writtenMs === null || writtenMs < newestMs)) return false;
      if (repeating && writtenMs === newestMs && atNewest.has(line)) return false;
      if (writtenMs !== null && writtenMs > newestMs) {
        newestMs = writtenMs;
        atNewest = new Set();
        repeating = false;
      }
      if (writtenMs === newestMs) atNewest.add(line);
      return true;
    },
  };
}

/** Asked for no line at all, `tail` does not even open the file. */
const missingLogArgv = (path: string): Argv => ['tail', '-n', '1', path];

/** `tail -F` waits in silence for a file that is not there; a person should know. */
async function sayIfMissing(watch: LogWatch): Promise<boolean> {
  const { host, place, component } = watch;
  if (place.at !== 'file') return false;
  const argv = missingLogArgv(place.path);
  const { code, stderr } = await host.run(argv, { sudo: true });
  if (code === 0) return false;
  say(watch, host.name, {
    kind: 'problem',
    code: 'log-unreadable',
    message: `The log of ${component} on ${host.name} cannot be read: ${stderr.trim() || place.path}.`,
    tryThis: `Name the right place under components: in the inventory, or try it there: ${host.commandLine(argv, { sudo: true })}`,
  });
  return true;
}

/** `+0800` → 480 */
async function askZone(host: Host): Promise<number> {
  const { stdout } = await host.ask(['date', '+%z']);
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(stdout.trim()) ?? [];
  if (hours === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** A lost connection is a gap; a refusal is somebody's to mend, and is said once. */
function sayFailure(watch: LogWatch, { code, message, tryThis }: KhaError, reading: Reading): void {
  const refused = code === 'sudo-refused' || code === 'sudo-missing';
  if (!refused) sayGap(watch, message);
  else if (!reading.refused) say(watch, watch.host.name, { kind: 'problem', code, message, tryThis });
  reading.refused = refused;
}

function sayGap(watch: LogWatch, reason: string): void {
  say(watch, watch.host.name, { kind: 'gap', component: watch.component, reason });
}
