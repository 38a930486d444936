// One log file as klog keeps it: buffered, with a link from the program's name to the newest.
import { openSync, symlinkSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileHeader, fileName, type Origin, type Severity } from './header.ts';

/** klog's buffer, in characters here. */
const bufferSize = 256 * 1024;

/** What is not flushed is lost when the process is killed, exactly as with the real ones. */
export class LogFile {
  readonly #descriptor: number;
  #held = '';

  /** @throws the file system's error when the file cannot be made */
  constructor(
    folder: string,
    {
      origin,
      severity,
      epochMs,
    }: { readonly origin: Origin; readonly severity: Severity; readonly epochMs: number },
  ) {
    const name = fileName(origin, severity, epochMs);
    this.#descriptor = openSync(join(folder, name), 'a', 0o644);
    ignoreErrors(() => writeSync(this.#descriptor, fileHeader(origin, epochMs)));
    const link = join(folder, `${origin.program}.${severity}`);
    // First gone, then new, as the real ones do it: whoever follows the name has to stand that.
    ignoreErrors(() => unlinkSync(link));
    ignoreErrors(() => symlinkSync(name, link));
  }

  add(text: string): void {
    this.#held += text;
    if (this.#held.length > bufferSize) this.flush();
  }

  flush(): void {
    const text = this.#held;
    this.#held = '';
    // A full disk must not stop a component.
    if (text !== '') ignoreErrors(() => writeSync(this.#descriptor, text));
  }
}

function ignoreErrors(work: () => unknown): void {
  try {
    work();
  } catch {
    // The log is best effort.
  }
}
