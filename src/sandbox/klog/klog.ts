// Writes a component's log as klog does: to stderr, or to files that are flushed every 5 s.
import { mkdirSync, writeSync } from 'node:fs';
import { lineHeader, type Origin, type Severity } from './header.ts';
import { LogFile } from './logfile.ts';

export interface KlogOptions {
  readonly origin: Origin;
  /** `--v` */
  readonly verbosity: number;
  /** The folder of `--log-dir`; undefined writes to stderr at once. */
  readonly folder: string | undefined;
  /** Milliseconds since 1970 with microseconds as fraction. */
  readonly now: () => number;
}

export interface Klog {
  /** One line; `where` is `leaderelection.go:248`. More lines in `message` are printed without a header. */
  log(severity: Severity, where: string, message: string): void;
  /** One line if `--v` is at least `level`. */
  v(level: number, where: string, message: string): void;
  /** Whether `--v` is at least `level`. */
  enabled(level: number): boolean;
  /** Writes what is held back. A killed process never does, and neither do the real ones. */
  flush(): void;
}

/** klog's own: what is logged reaches the files this late. */
const flushEveryMs = 5000;
const severities: readonly Severity[] = ['INFO', 'WARNING', 'ERROR', 'FATAL'];

/** @throws the file system's error when the folder cannot be made */
export function openKlog({ origin, verbosity, folder, now }: KlogOptions): Klog {
  const files = new Map<Severity, LogFile>();
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const flush = () => {
    for (const file of files.values()) file.flush();
  };
  const log: Klog['log'] = (severity, where, message) => {
    const epochMs = now();
    const text = `${lineHeader(severity, { epochMs, pid: origin.pid, where })} ${message}\n`;
    // Errors go to stderr as well as to their files: klog's default threshold.
    if (folder === undefined || severities.indexOf(severity) >= 2) writeStderr(text);
    if (folder === undefined) return;
    // A line goes to the file of its severity and of each below.
    for (const each of severities.slice(0, severities.indexOf(severity) + 1)) {
      const file = files.get(each) ?? new LogFile(folder, { origin, severity: each, epochMs });
      files.set(each, file);
      file.add(text);
    }
    if (severity === 'FATAL') flush();
  };
  if (folder !== undefined) setInterval(flush, flushEveryMs).unref();
  return {
    log,
    v: (level, where, message) => {
      if (level <= verbosity) log('INFO', where, message);
    },
    enabled: (level) => level <= verbosity,
    flush,
  };
}

function writeStderr(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody reads it any more, or not fast enough: a log must not stop its component.
  }
}
