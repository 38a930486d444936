// Follows a command that goes on: its lines stamped when they arrive, held back when nobody takes them.
import type { KhaError } from '../../model/failure.ts';
import { sanitise } from '../../model/sanitise.ts';
import type { Argv, ArrivedLine, Followed } from '../host.ts';
import { observerNow } from '../observerclock.ts';
import type { RemoteProcess, Wire } from '../wire.ts';
import { LineSplitter } from './lines.ts';

/** Beyond this many lines nobody took, the stream is paused, and the host in turn. */
const mostWaiting = 10_000;
const mostStderr = 16 * 1024;

export interface FollowOptions {
  readonly argv: Argv;
  /** A KhaError where the way it ended was sudo's refusal. */
  readonly failure: (ended: { readonly code: number | null; readonly stderr: string }) => KhaError | null;
}

type Outcome = Awaited<Followed['ended']>;

export class FollowedCommand implements Followed {
  readonly ended: Promise<Outcome>;
  readonly #waiting: ArrivedLine[] = [];
  #taken = 0;
  #wake: (() => void) | null = null;
  #over = false;
  #closed = false;
  #process: RemoteProcess | null = null;
  #closing: () => void = () => {};

  constructor(wire: Wire, options: FollowOptions) {
    this.ended = this.#follow(wire, options).finally(() => {
      this.#over = true;
      this.#wake?.();
    });
    // Whoever only reads lines need not look at how it ended.
    this.ended.catch(() => {});
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#process?.end('TERM');
    this.#closing();
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<ArrivedLine> {
    try {
      while (true) {
        const line = this.#waiting[this.#taken];
        if (line !== undefined) {
          this.#taken++;
          yield line;
          continue;
        }
        this.#waiting.length = 0;
        this.#taken = 0;
        this.#process?.stdout.resume();
        if (this.#over || this.#closed) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = null;
      }
    } finally {
      this.close();
    }
  }

  async #follow(wire: Wire, { argv, failure }: FollowOptions): Promise<Outcome> {
    const spawning = wire.spawn(argv, 'follower');
    const closed = new Promise<null>((resolve) => {
      this.#closing = () => resolve(null);
    });
    const process = await Promise.race([spawning, closed]);
    if (process === null) {
      const late = await spawning.catch(() => null);
      late?.end('TERM');
      return { code: null, stderr: '' };
    }
    this.#process = process;
    process.stdin.on('error', () => {});
    let stderr = '';
    process.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-mostStderr);
    });
    const splitter = new LineSplitter();
    const take = (texts: readonly string[], arrivedMs: number) => {
      if (texts.length === 0 || this.#closed) return;
      for (const text of texts) this.#waiting.push({ text: sanitise(text), arrivedMs });
      if (this.#waiting.length - this.#taken > mostWaiting) process.stdout.pause();
      this.#wake?.();
    };
    process.stdout.on('data', (chunk: Buffer) => take(splitter.push(chunk), observerNow()));
    process.stdout.on('end', () => take(splitter.end(), observerNow()));
    try {
      const { code } = await process.ended;
      if (this.#closed) return { code: null, stderr };
      const refused = failure({ code, stderr });
      if (refused !== null) throw refused;
      return { code, stderr };
    } catch (error) {
      if (this.#closed) return { code: null, stderr };
      throw error;
    }
  }
}
