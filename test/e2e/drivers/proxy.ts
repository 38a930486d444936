// A wire that can be cut: a TCP proxy in front of a port, on a port of its own.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

export interface CutWire {
  readonly port: number;
  /** Every connection breaks, and new ones are refused until `mend`. */
  cut(): void;
  mend(): void;
  /** Every connection stays open and carries nothing any more, as when the other side lost its power. */
  silence(): void;
}

export async function proxyFor(target: number): Promise<CutWire> {
  const open = new Set<Socket>();
  let whole = true;
  let silent = false;
  const server = createServer((client) => {
    if (!whole) return void client.destroy();
    if (silent) return void open.add(client.pause());
    const upstream = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        if (!silent) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      whole = false;
      for (const socket of open) socket.destroy();
    },
    mend() {
      whole = true;
    },
    silence() {
      silent = true;
      for (const socket of open) socket.unpipe().pause();
    },
  };
}
