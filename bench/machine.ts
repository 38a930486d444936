// The machine a table was measured on, in one line.
import { cpus, loadavg, release, totalmem, type } from 'node:os';

export function machine(): string {
  const all = cpus();
  const model = all[0]?.model.trim().replace(/\s+/g, ' ') || 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${all.length} x ${model}, ${memory} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
}

/** The load of the last minute: processes that run or want to. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
