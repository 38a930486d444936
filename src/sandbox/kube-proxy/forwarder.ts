// Carries connections to a service's address on to the endpoint that was chosen: on loopback, byte for byte.
import { connect, createServer, type Socket } from 'node:net';

export interface ForwarderOptions {
  /** Where the service's address really is, on 127.0.0.1. */
  readonly port: number;
  /** The port on 127.0.0.1 to carry this client's connection to; null: there is none. */
  readonly choose: (client: string) => number | null;
}

/** Goes on until the process ends. */
export function forward({ port, choose }: ForwarderOptions): void {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => undefined);
    const to = choose(client.remoteAddress ?? '');
    // Refused, as by the endpoint itself: nothing is tried twice.
    if (to === null) client.resetAndDestroy();
    else carry(client, to);
  });
  server.on('error', () => setTimeout(() => server.listen(port, '127.0.0.1'), 100));
  server.listen(port, '127.0.0.1');
}

/** Both ways, until either end is gone; a server that refuses is passed on as a reset. */
export function carry(client: Socket, port: number): void {
  const server = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
  server.on('error', () => client.resetAndDestroy());
  client.on('error', () => server.destroy());
  client.once('close', () => server.destroy());
  server.once('close', () => client.destroy());
  server.once('connect', () => {
    client.pipe(server);
    server.pipe(client);
  });
}
