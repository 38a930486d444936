// One TCP connection carried from a client to its server, which can be made to stall as when its packets vanish.
import { connect, type Socket } from 'node:net';

export class Relay {
  readonly #client: Socket;
  readonly #port: number;
  #server: Socket | null = null;
  #held = true;
  /** What ended while it was held is told only when packets pass again. */
  #untold: (() => void)[] = [];

  /** `client` is paused; nothing moves before `hold(false)`. `over` is called when the client is gone. */
  constructor(client: Socket, options: { readonly port: number; readonly over: () => void }) {
    this.#client = client;
    this.#port = options.port;
    client.on('error', () => undefined);
    client.once('close', () =>
      this.#tell(() => {
        this.#server?.destroy();
        options.over();
      }),
    );
  }

  /** Held: neither side hears of the other, not even that it is gone. */
  hold(held: boolean): void {
    if (this.#held === held) return;
    this.#held = held;
    if (held) {
      this.#client.pause();
      this.#server?.pause();
      return;
    }
    this.#server ??= this.#reach();
    this.#client.resume();
    this.#server.resume();
    for (const tell of this.#untold.splice(0)) tell();
  }

  #reach(): Socket {
    const server = connect({ port: this.#port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    server.on('error', () => undefined);
    this.#carry(this.#client, server);
    this.#carry(server, this.#client);
    server.once('close', () => this.#tell(() => this.#client.destroy()));
    return server;
  }

  #carry(from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => {
      if (!to.write(chunk)) from.pause();
    });
    to.on('drain', () => {
      if (!this.#held) from.resume();
    });
    from.once('end', () => to.end());
  }

  #tell(what: () => void): void {
    if (this.#held) this.#untold.push(what);
    else what();
  }
}
