// One master's SSH server: on loopback, for this run's key alone, with OpenSSH's own limits.
import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey } from 'ssh2';
import { type SessionSurroundings, serveSession } from './session.ts';
import { serveTunnel } from './tunnel.ts';

export interface SshServerOptions {
  /** Private key, PEM or OpenSSH's own form. */
  readonly hostKey: string;
  /** Public key, as in authorized_keys. */
  readonly clientKey: string;
  readonly user: string;
  readonly sessions: SessionSurroundings;
  /** The loopback port that stands for this address on the master; null when nothing may be reached there. */
  readonly resolveTunnel: (host: string, port: number) => number | null;
}

export interface SshServer {
  readonly port: number;
  /** Ends every connection, as a master that goes down does; it listens on. */
  endConnections(): void;
}

/** As OpenSSH's MaxSessions. */
const maxSessions = 10;

export function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const clientKey = parseKey(options.clientKey);
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [options.hostKey] }, (connection) => {
    connections.add(connection);
    // A clock is read by echoes of a few bytes: none may wait 40 ms for company.
    setNoDelay(connection);
    connection.on('close', () => connections.delete(connection));
    // A client that goes away in the middle of a word is no matter of ours.
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => authenticate(context, { user: options.user, clientKey }));
    connection.once('ready', () => serveConnection(connection, options));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        endConnections: () => {
          for (const connection of connections) connection.end();
        },
      }),
    );
  });
}

/** The connection has it, as the client's does; its types do not say so. */
function setNoDelay(connection: Connection): void {
  (connection as Connection & { setNoDelay(noDelay: boolean): void }).setNoDelay(true);
}

function serveConnection(connection: Connection, options: SshServerOptions): void {
  let open = 0;
  connection.on('session', (accept, reject) => {
    if (open >= maxSessions) {
      reject();
      return;
    }
    open += 1;
    serveSession(accept(), options.sessions, () => {
      open -= 1;
    });
  });
  connection.on('tcpip', (accept, reject, { srcIP, destIP, destPort }) => {
    const port = options.resolveTunnel(destIP, destPort);
    if (port === null) reject();
    else serveTunnel({ port, from: srcIP }, accept);
  });
}

function authenticate(
  context: AuthContext,
  known: { readonly user: string; readonly clientKey: ParsedKey },
): void {
  if (context.method !== 'publickey') {
    context.reject(['publickey']);
    return;
  }
  const { key, signature, blob, hashAlgo, username } = context;
  const expected = known.clientKey.getPublicSSH();
  const isKnown = key.data.length === expected.length && timingSafeEqual(key.data, expected);
  if (username !== known.user || !isKnown) context.reject(['publickey']);
  // Without a signature the client only asks whether this key would do.
  else if (!signature || !blob) context.accept();
  else if (known.clientKey.verify(blob, signature, hashAlgo) === true) context.accept();
  else context.reject(['publickey']);
}

function parseKey(text: string): ParsedKey {
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw parsed;
  return parsed;
}
