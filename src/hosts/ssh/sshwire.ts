// Carries commands over SSH: one connection, more when followed commands would starve the others, and again after a loss.
import type { Duplex } from 'node:stream';
import type { KhaError } from '../../model/failure.ts';
import type { Argv } from '../host.ts';
import type { RemoteProcess, Wire, WireState } from '../wire.ts';
import { Connection } from './connection.ts';
import { addressOf } from './failures.ts';
import type { ConnectionOptions } from './handshake.ts';

/** So many followers share the first connection; the rest get connections of their own. */
const followersBesideCommands = 4;
const followersAlone = 8;

export class SshWire implements Wire {
  readonly address: string;
  readonly loginIsRoot: boolean;
  readonly #options: ConnectionOptions;
  readonly #listeners = new Set<(state: WireState, detail: string | null) => void>();
  #first: Promise<Connection> | null = null;
  #more: Promise<Connection>[] = [];
  #opening: Promise<unknown> = Promise.resolve();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.address = addressOf(options.reach);
    this.loginIsRoot = options.reach.user === 'root';
  }

  async connect(): Promise<void> {
    await this.#main();
  }

  async spawn(argv: Argv, kind: 'command' | 'follower', signal?: AbortSignal): Promise<RemoteProcess> {
    const connection = kind === 'command' ? await this.#main() : await this.#forFollower();
    return connection.spawn(argv, kind, signal);
  }

  async tunnel(host: string, port: number, from?: string): Promise<Duplex> {
    return (await this.#main()).tunnel(host, port, from);
  }

  onState(listener: (state: WireState, detail: string | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    const all = [this.#first, ...this.#more].filter((each) => each !== null);
    this.#first = null;
    this.#more = [];
    const closing = all.map(async (each) => (await each.catch(() => null))?.close());
    await Promise.all(closing);
    if (all.length > 0) this.#tell('closed', null);
  }

  #main(): Promise<Connection> {
    if (this.#first !== null) return this.#first;
    const opening = this.#open();
    this.#first = opening;
    opening.then(
      () => {
        if (this.#first === opening) this.#tell('up', null);
      },
      () => {
        if (this.#first === opening) this.#first = null;
      },
    );
    return opening;
  }

  /** One after the other, so that several followers started at once do not each open a connection. */
  #forFollower(): Promise<Connection> {
    const found = this.#opening.then(async () => {
      const main = await this.#main();
      if (main.reserveFollower(followersBesideCommands)) return main;
      for (const each of this.#more) {
        const connection = await each;
        if (connection.reserveFollower(followersAlone)) return connection;
      }
      const opening = this.#open();
      this.#more.push(opening);
      const connection = await opening.catch((error: unknown) => {
        this.#more = this.#more.filter((each) => each !== opening);
        throw error;
      });
      connection.reserveFollower(followersAlone);
      return connection;
    });
    this.#opening = found.catch(() => {});
    return found;
  }

  async #open(): Promise<Connection> {
    const connection = await Connection.open(this.#options);
    connection.onLost((failure) => this.#onLost(failure));
    return connection;
  }

  /** Where one connection is lost, the host is: the others go too, so that everybody hears of it at once. */
  #onLost(failure: KhaError): void {
    const all = [this.#first, ...this.#more].filter((each) => each !== null);
    if (all.length === 0) return;
    this.#first = null;
    this.#more = [];
    for (const each of all) each.then((connection) => connection.abandon(failure)).catch(() => {});
    this.#tell('lost', failure.message);
  }

  #tell(state: WireState, detail: string | null): void {
    for (const listener of this.#listeners) listener(state, detail);
  }
}
