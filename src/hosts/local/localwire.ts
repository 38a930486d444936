// Carries commands to this very machine: for a run on a master itself, and for tests.
import { connect } from 'node:net';
import { hostname, userInfo } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { execa } from 'execa';
import { exits, KhaError } from '../../model/failure.ts';
import type { Argv } from '../host.ts';
import { tunnelFailure } from '../tunnelfailure.ts';
import type { Ended, RemoteProcess, Wire, WireState } from '../wire.ts';

export class LocalWire implements Wire {
  readonly loginIsRoot = process.getuid?.() === 0;
  readonly address = `${userInfo().username}@${hostname()} (this machine)`;
  readonly #listeners = new Set<(state: WireState, detail: string | null) => void>();
  readonly #running = new Set<RemoteProcess>();
  #state: WireState | null = null;

  async connect(): Promise<void> {
    this.#enter('up');
  }

  async spawn(argv: Argv, _kind: 'command' | 'follower', signal?: AbortSignal): Promise<RemoteProcess> {
    await this.connect();
    signal?.throwIfAborted();
    const started = startLocally(argv, this.address);
    this.#running.add(started);
    const gone = () => this.#running.delete(started);
    started.ended.then(gone, gone);
    return started;
  }

  tunnel(host: string, port: number): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true });
      socket.once('error', (cause) => reject(tunnelFailure({ from: 'this machine', host, port }, cause)));
      socket.once('connect', () => {
        socket.removeAllListeners('error');
        resolve(socket);
      });
    });
  }

  onState(listener: (state: WireState, detail: string | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    for (const each of this.#running) each.end('TERM');
    if (this.#state === 'up') this.#enter('closed');
  }

  #enter(state: WireState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state, null);
  }
}

function startLocally(argv: Argv, address: string): RemoteProcess {
  // A group of its own, so that whatever the command started is ended with it. The shell says what is not found.
  const child = execa('sh', ['-c', 'exec "$@"', 'sh', ...argv], {
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const outputs = Promise.all([child.stdout, child.stderr].map(atEnd));
  const ended = child.then(async (result): Promise<Ended> => {
    await outputs;
    if (result.exitCode === undefined && result.signal === undefined)
      throw new KhaError({
        code: 'shell-missing',
        exit: exits.unreachable,
        message: `No shell could be started on ${address}.`,
        tryThis: 'Check that /bin/sh is there and that PATH names its folder.',
        cause: result,
      });
    return { code: result.exitCode ?? null, signal: result.signal ?? null };
  });
  ended.catch(() => {});
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    end(signal) {
      child.stdin.destroy();
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, `SIG${signal}`);
      } catch {
        // Nothing of the group is left, or it belongs to root and watches its closed output.
      }
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

const atEnd = (stream: Readable) =>
  new Promise<void>((resolve) => {
    stream.once('close', resolve);
    stream.once('end', resolve);
  });
