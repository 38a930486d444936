// One SSH connection in use: the commands and tunnels over it, and how it is lost.
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import type { SshReach } from '../../inventory/inventory.ts';
import { KhaError } from '../../model/failure.ts';
import type { Argv } from '../host.ts';
import { tunnelFailure } from '../tunnelfailure.ts';
import type { RemoteProcess } from '../wire.ts';
import { type ChannelUse, channelProcess, killLine, namedCommand } from './channelprocess.ts';
import { connectionLost } from './failures.ts';
import { type ConnectionOptions, keepAliveMisses, keepAliveMs, logIn } from './handshake.ts';
import { Slots } from './slots.ts';

/** Followed commands count; sshd's own limit is 10. */
const channelsAtOnce = 8;

export class Connection {
  readonly slots = new Slots(channelsAtOnce);
  #followers = 0;
  readonly #client: Client;
  readonly #reach: SshReach;
  #lost: KhaError | null = null;
  #closing = false;
  readonly #onLost = new Set<(failure: KhaError) => void>();

  private constructor(client: Client, reach: SshReach) {
    this.#client = client;
    this.#reach = reach;
    let cause: Error | undefined;
    client.on('error', (error) => {
      cause ??= error;
    });
    client.on('close', () => {
      if (this.#lost !== null) return;
      const why = this.#closing
        ? 'it was closed'
        : cause === undefined
          ? 'the host hung up'
          : /keepalive/i.test(cause.message)
            ? `the host was silent for ${(keepAliveMs * keepAliveMisses) / 1000} s`
            : cause.message;
      this.#lose(connectionLost(reach, why, cause));
    });
  }

  /** Connects and logs in. Throws KhaError (exit 4). */
  static async open(options: ConnectionOptions): Promise<Connection> {
    return new Connection(await logIn(options), options.reach);
  }

  get lost(): KhaError | null {
    return this.#lost;
  }

  onLost(listener: (failure: KhaError) => void): void {
    this.#onLost.add(listener);
  }

  /** Keeps a place for a follower, unless `most` followers have one already; its `spawn` gives it back at its end. */
  reserveFollower(most: number): boolean {
    if (this.#lost !== null || this.#followers >= most) return false;
    this.#followers++;
    return true;
  }

  /** Another connection to this host was lost: this one is given up with it. */
  abandon(failure: KhaError): void {
    if (this.#lost !== null) return;
    this.#lose(failure);
    this.#client.destroy();
  }

  #lose(failure: KhaError): void {
    this.#lost = failure;
    for (const listener of [...this.#onLost]) listener(failure);
    this.#onLost.clear();
  }

  /** Waits for a free place, then starts the command. Throws KhaError (exit 4). */
  async spawn(argv: Argv, kind: 'command' | 'follower', signal?: AbortSignal): Promise<RemoteProcess> {
    const slot = await this.slots.take();
    const release = () => {
      slot.release();
      if (kind === 'follower') this.#followers--;
    };
    try {
      signal?.throwIfAborted();
      const named = namedCommand(argv);
      const use: ChannelUse = {
        kind,
        mark: named.mark,
        whenLost: (listener) => {
          if (this.#lost !== null) listener(this.#lost);
          else this.#onLost.add(listener);
          return () => this.#onLost.delete(listener);
        },
        // No place is waited for: what is to be ended may hold them all, and servers allow some more.
        kill: (pid, signal) => {
          this.#exec(killLine(pid, signal), (channel) => channel.resume().stderr.resume()).catch(() => {});
        },
      };
      const process = await this.#exec(named.line, (channel) => channelProcess(channel, use));
      process.ended.then(release, release);
      return process;
    } catch (error) {
      release();
      if (error instanceof KhaError || signal?.aborted) throw error;
      throw connectionLost(this.#reach, 'it is not open any more', error);
    }
  }

  /** Begins in the very turn the channel opens: a quick command's end may come in the same read, and is said only once. */
  #exec<T>(line: string, begin: (channel: ClientChannel) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#lost !== null) return reject(this.#lost);
      this.#onLost.add(reject);
      this.#client.exec(line, (error, opened) => {
        this.#onLost.delete(reject);
        if (error) reject(this.#lost ?? connectionLost(this.#reach, error.message, error));
        else resolve(begin(opened));
      });
    });
  }

  tunnel(host: string, port: number, from = '127.0.0.1'): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== null) return reject(this.#lost);
      this.#client.forwardOut(from, 0, host, port, (error, channel) => {
        if (error) reject(this.#lost ?? tunnelFailure({ from: this.#reach.host, host, port }, error));
        else resolve(channel);
      });
    });
  }

  close(): Promise<void> {
    if (this.#lost !== null) return Promise.resolve();
    this.#closing = true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#client.destroy(), 1_000);
      this.#client.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#client.end();
    });
  }
}
