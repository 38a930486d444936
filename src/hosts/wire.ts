// What carries commands to a host: the one thing in which SSH and this machine differ.
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Argv } from './host.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A command running on the host. */
export interface RemoteProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** After both outputs were read to their ends. Rejects with a KhaError when the connection was lost. */
  readonly ended: Promise<Ended>;
  /** Ends it as far as the login may: a command under sudo belongs to root and only sees its output closed. */
  end(signal: 'TERM' | 'KILL'): void;
}

export type WireState = 'up' | 'lost' | 'closed';

export interface Wire {
  /** `user@host:port`. */
  readonly address: string;
  readonly loginIsRoot: boolean;
  connect(): Promise<void>;
  /**
   * `follower`: it stays, so it must not take the place of commands that come and go.
   * Once `signal` is aborted a command that still waits for its place is never started.
   */
  spawn(argv: Argv, kind: 'command' | 'follower', signal?: AbortSignal): Promise<RemoteProcess>;
  tunnel(host: string, port: number, from?: string): Promise<Duplex>;
  onState(listener: (state: WireState, detail: string | null) => void): () => void;
  close(): Promise<void>;
}
