// One TLS connection to an API server: straight from here, or from a master through its SSH connection.
import { Agent } from 'node:https';
import { connect as connectTcp, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** Opens a plain byte stream to the API server. */
export type Dial = () => Promise<Duplex>;

const connectedWithinMs = 5_000;

export const dialDirect =
  (host: string, port: number): Dial =>
  () =>
    new Promise((resolve, reject) => {
      // A master that lost its power and is back resets what it does not know, once it is asked.
      const socket = connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 5_000 });
      socket.once('error', reject);
      socket.setTimeout(connectedWithinMs, () =>
        socket.destroy(new Error(`no answer from ${host}:${port} in 5 s`)),
      );
      socket.once('connect', () => {
        socket.setTimeout(0);
        socket.off('error', reject);
        resolve(socket);
      });
    });

/**
 * An agent whose connections are opened by `dial` and whose TLS name is checked against `name`,
 * so that a tunnel is as strict as a straight connection.
 */
export function dialingAgent(dial: Dial, name: string): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  // Node's own hook in its asynchronous form, which its types leave out.
  const hook = {
    createConnection(options: object, created: (error: Error | null, socket?: TLSSocket) => void) {
      dial().then((stream) => {
        const socket = secure(stream, options, name);
        socket.once('error', created);
        // A channel that its other end closes keeps what was still to be written, and TLS over it would wait for ever.
        const gone = () => socket.destroy(new Error('the connection was closed before it was secure'));
        stream.once('end', gone).once('close', gone);
        if (stream.destroyed || stream.readableEnded) gone();
        socket.setTimeout(connectedWithinMs, () => socket.destroy(new Error('no TLS handshake in 5 s')));
        socket.once('secureConnect', () => {
          socket.setTimeout(0);
          socket.off('error', created);
          stream.off('end', gone).off('close', gone);
          created(null, socket);
        });
      }, created);
    },
  };
  return Object.assign(agent, hook);
}

/** Only names may be sent as SNI; an address in the certificate is checked all the same. */
function secure(socket: Duplex, options: object, name: string): TLSSocket {
  return connectTls({ ...options, socket, host: name, servername: isIP(name) ? '' : name });
}
