// Container runtimes' frames: CRI log files and docker's json-file.
import { jsonObject } from './jsonobject.ts';
import type { Framed } from './logframe.ts';
import { readTime } from './rfc3339.ts';

const cri = /^(\d{4}-\d\d-\d\dT\S+) (?:stdout|stderr) ([FP])(?::\S*)? ?(.*)$/s;

/** A line as containerd and CRI-O keep it; null when it is not one. */
export function containerFrame(raw: string): Framed | null {
  const [, time, tag, text] = cri.exec(raw) ?? [];
  if (time === undefined || text === undefined) return null;
  return { text, keptMs: readTime(time), partial: tag === 'P', byManager: false, cursor: null };
}

/** A line of docker's json-file; null when it is not one. A line of over 16 KB comes in parts, only the last with an end. */
export function dockerFrame(raw: string): Framed | null {
  const entry = jsonObject(raw);
  const { log, time } = entry ?? {};
  if (typeof log !== 'string') return null;
  const keptMs = typeof time === 'string' ? readTime(time) : null;
  return { text: log, keptMs, partial: !log.endsWith('\n'), byManager: false, cursor: null };
}
