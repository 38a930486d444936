// The way of one master's clients to one server: a port of its own, which refuses, carries or lets everything vanish.
import { createServer, type Server, type Socket } from 'node:net';
import { Relay } from './relay.ts';

export interface GateOptions {
  /** Where the clients dial, on 127.0.0.1. */
  readonly port: number;
  /** Where the server listens, on 127.0.0.1. */
  readonly serverPort: number;
  /** Whether packets of these clients to that server vanish. */
  readonly isDropped: () => boolean;
  /** Whether the server's process is there: without it a port refuses connections, and so must this one. */
  readonly isServed: () => boolean;
}

const againMs = 20;

export class Gate {
  readonly #options: GateOptions;
  readonly #relays = new Set<Relay>();
  readonly #server: Server;
  #wanted = false;
  #opening = false;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (client) =>
      this.#take(client),
    );
    this.#server.on('listening', () => {
      this.#opening = false;
      this.#settle();
    });
    this.#server.on('error', () => {
      this.#opening = false;
      setTimeout(() => this.#settle(), againMs);
    });
  }

  /** Called whenever one of the answers may have changed. */
  look(): void {
    const dropped = this.#options.isDropped();
    // Where packets vanish nothing comes back, a refusal neither.
    this.#wanted = dropped || this.#options.isServed();
    this.#settle();
    for (const relay of this.#relays) relay.hold(dropped);
  }

  #settle(): void {
    const open = this.#server.listening;
    if (this.#wanted && !open && !this.#opening) {
      this.#opening = true;
      this.#server.listen(this.#options.port, '127.0.0.1');
    } else if (!this.#wanted && open) this.#server.close();
  }

  #take(client: Socket): void {
    const relay = new Relay(client, {
      port: this.#options.serverPort,
      over: () => this.#relays.delete(relay),
    });
    this.#relays.add(relay);
    relay.hold(this.#options.isDropped());
  }
}
