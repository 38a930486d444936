// Owns the terminal: alternate screen, signals, crashes, stopping and going on. Whatever happens, it is given back as it was.
import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';

export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** A terminal to write to; Node's own streams have the descriptor, their types do not say so. */
export type ScreenStream = WriteStream & { readonly fd: number };

export interface TerminalCare {
  readonly stdin: ReadStream;
  readonly stdout: ScreenStream;
  onSignal(signal: EndSignal): void;
  onCrash(error: unknown): void;
  /** Somebody outside asked us to stop for a while (SIGTSTP). */
  onStopAsked(): void;
  /** The process goes on after having been stopped from outside, screen in unknown state. */
  onContinued(): void;
  onResized(): void;
  /** Stays on the main screen and only appends: for screen readers. */
  readonly linear?: boolean;
}

// Alternate screen, home, cleared, no cursor; pasted text arrives marked.
const enterCodes = '\x1b[?1049h\x1b[H\x1b[2J\x1b[?25l\x1b[?2004h';
// Synchronized update off, paste marks off, colours off, cursor on, main screen: in this order.
const leaveCodes = '\x1b[?2026l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l';

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export class Terminal {
  #entered = false;
  #stopping = false;
  #handlers: (() => void)[] = [];
  readonly #care: TerminalCare;

  constructor(care: TerminalCare) {
    this.#care = care;
  }

  /** Takes signals and crashes over, and enters the alternate screen. */
  open(): void {
    const { stdin, stdout, onSignal, onCrash, onStopAsked, onContinued, onResized } = this.#care;
    for (const signal of endSignals) this.#on(process, signal, () => onSignal(signal));
    this.#on(process, 'uncaughtException', onCrash);
    this.#on(process, 'unhandledRejection', onCrash);
    this.#on(process, 'SIGTSTP', onStopAsked);
    this.#on(process, 'SIGCONT', () => {
      if (!this.#stopping) onContinued();
    });
    this.#on(process, 'exit', () => this.restore());
    this.#on(stdout, 'resize', onResized);
    // A terminal that went away fails every write; the signal that comes with it is what counts.
    this.#on(stdout, 'error', () => {});
    this.#on(stdin, 'error', () => {});
    this.enter();
  }

  enter(): void {
    this.#entered = true;
    // Before anything is drawn: a key pressed at the first sight of the screen is a key, not a signal.
    this.#care.stdin.setRawMode(true);
    if (!this.#care.linear) this.write(enterCodes);
  }

  /** Cooked mode, cursor, main screen: as often as one likes. */
  restore(): void {
    try {
      this.#care.stdin.setRawMode(false);
    } catch {
      // No terminal any more: nothing to restore.
    }
    if (!this.#entered) return;
    this.#entered = false;
    if (!this.#care.linear) this.write(leaveCodes);
  }

  /** Restores and gives signals back. */
  close(): void {
    this.restore();
    for (const off of this.#handlers) off();
    this.#handlers = [];
  }

  /** Straight to the terminal, also in an exit handler. */
  write(text: string): void {
    const bytes = Buffer.from(text);
    let written = 0;
    for (let tries = 0; written < bytes.length && tries < 1000; tries += 1) {
      try {
        written += writeSync(this.#care.stdout.fd, bytes, written);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      }
    }
  }

  /** Stops the whole job, as ctrl+z does where the terminal is cooked (npx in between is stopped with it), until `fg`. */
  stop(goOn: () => void): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.restore();
    const back = () => {
      clearTimeout(fallback);
      process.off('SIGCONT', back);
      process.on('SIGTSTP', this.#care.onStopAsked);
      this.#handlers.push(() => process.off('SIGTSTP', this.#care.onStopAsked));
      this.#stopping = false;
      this.enter();
      goOn();
    };
    process.once('SIGCONT', back);
    process.removeListener('SIGTSTP', this.#care.onStopAsked);
    process.kill(0, 'SIGTSTP');
    // Without a shell over us (an orphaned group) the kernel ignores the signal: go on at once.
    const fallback = setTimeout(back, 300);
  }

  #on(target: NodeJS.EventEmitter, event: string, handler: (...args: never[]) => void): void {
    target.on(event, handler as (...args: unknown[]) => void);
    this.#handlers.push(() => target.off(event, handler as (...args: unknown[]) => void));
  }
}
