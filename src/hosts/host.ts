// A master as we reach it: run a command, follow one, read its clock, open a tunnel.
import type { Duplex } from 'node:stream';
import type { EpochMs, OffsetSample } from '../model/time.ts';

/** A command as separate words. It is quoted in one place (quote.ts) and nowhere else. */
export type Argv = readonly string[];

export interface RunOptions {
  /** Precede the program with `sudo -n` where the inventory's `sudo` and the login ask for it. */
  readonly sudo?: boolean;
  readonly input?: string;
  /** Milliseconds until the command is given up and ended. Default 30,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Finished {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Before it was sent. */
  readonly startedMs: EpochMs;
  readonly endedMs: EpochMs;
}

export interface ArrivedLine {
  /** Sanitised: no control characters but what `sanitise` shows visibly. Without its newline. */
  readonly text: string;
  readonly arrivedMs: EpochMs;
}

/** A command that goes on until it is closed: `tail -F`, `journalctl -f`. */
export interface Followed extends AsyncIterable<ArrivedLine> {
  /** Ends the remote command too. Idempotent. */
  close(): void;
  /** Settles when the command has ended, with code `null` after `close()`; rejects with a KhaError when the connection was lost or sudo refused. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** A command that noted the host's own clock right before and right after it ran. */
export interface Timed extends Finished {
  /** Host's clock, epoch milliseconds. */
  readonly hostBeforeMs: EpochMs;
  readonly hostAfterMs: EpochMs;
}

export interface Host {
  readonly name: string;
  /** `user@host:port`, for messages. */
  readonly address: string;
  /**
   * Opens the connection; later calls return the same, and after a loss a new one. What else needs a connection
   * opens it too. Rejects with a KhaError (exit 4) that says what to do.
   */
  connect(): Promise<void>;
  run(argv: Argv, options?: RunOptions): Promise<Finished>;
  /** As `run`, through the one persistent helper shell: for polling, about 1 ms instead of 80. */
  ask(argv: Argv, options?: RunOptions): Promise<Finished>;
  /** As `run`, in one remote command line that reads the host's clock before and after. */
  runTimed(argv: Argv, options?: RunOptions): Promise<Timed>;
  follow(argv: Argv, options?: { readonly sudo?: boolean }): Followed;
  /** The best of a few echoes through the helper shell. */
  clock(): Promise<OffsetSample>;
  /**
   * A connection from the host to `host:port`; no local port is opened. `from` is the client's address it tells: a sandbox
   * keeps it, a real sshd connects with its own.
   */
  tunnel(host: string, port: number, from?: string): Promise<Duplex>;
  /** The exact text that would be typed on the host, sudo included: what is shown before it runs. */
  commandLine(argv: Argv, options?: { readonly sudo?: boolean }): string;
  /** Called when the connection is lost or comes back. Returns the way to stop listening. */
  onState(listener: (state: 'up' | 'lost' | 'closed', detail: string | null) => void): () => void;
  close(): Promise<void>;
}
