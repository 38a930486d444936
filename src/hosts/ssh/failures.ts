// Turns what goes wrong on the way to a host into the KhaError a person can act on.
import { exits, KhaError } from '../../model/failure.ts';
import { sanitise } from '../../model/sanitise.ts';
import { quoteArgv } from '../quote.ts';

export interface Peer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

export const addressOf = ({ host, port, user }: Peer) =>
  `${user}@${host.includes(':') ? `[${host}]` : host}:${port}`;

const sshLine = ({ host, port, user }: Peer, ...more: readonly string[]) =>
  quoteArgv(['ssh', ...more, '-p', String(port), `${user}@${host}`]);

/** Part of a message may come from the host: nothing in it may steer a terminal. */
const failure = (code: string, message: string, tryThis: string, cause: unknown) =>
  new KhaError({ code, exit: exits.unreachable, message: sanitise(message), tryThis, cause });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Why no connection came about. */
export function reachFailure(peer: Peer, cause: unknown): KhaError {
  const { host, port } = peer;
  const where = `${host} port ${port}`;
  switch (codeOf(cause)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return failure(
        'name-not-found',
        `There is no address for the name ${host}.`,
        `Correct "host:" in the inventory, or add the name to /etc/hosts; "getent hosts ${host}" shows what is known.`,
        cause,
      );
    case 'ECONNREFUSED':
      return failure(
        'connection-refused',
        `Nothing answers at ${where}: the connection was refused.`,
        `Check that sshd runs there and on which port: systemctl status ssh`,
        cause,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EHOSTDOWN':
      return failure(
        'host-unreachable',
        `There is no way to ${where}: ${codeOf(cause) === 'ENETUNREACH' ? 'the network' : 'the host'} is unreachable.`,
        `Check that the host is up and the route to it: ip route get ${host}`,
        cause,
      );
    case 'ETIMEDOUT':
      return connectTimeout(peer, cause);
    default:
      return failure(
        'connection-lost',
        `The connection to ${where} ended before the login: ${cause instanceof Error ? cause.message : String(cause)}`,
        `See what ssh says: ${sshLine(peer, '-v')}`,
        cause,
      );
  }
}

export function connectTimeout(peer: Peer, cause?: unknown): KhaError {
  return failure(
    'connection-timeout',
    `${peer.host} port ${peer.port} did not answer in time.`,
    `Check that the host is up and no firewall drops the port: ${sshLine(peer, '-o', 'ConnectTimeout=5')}`,
    cause,
  );
}

/** Why the SSH handshake failed, from ssh2's error. */
export function handshakeFailure(peer: Peer, cause: Error): KhaError {
  if (/no matching/i.test(cause.message))
    return failure(
      'no-common-algorithm',
      `${peer.host} offers only algorithms that are too old or not known here: ${cause.message}`,
      `See what it offers: ${sshLine(peer, '-vv')}`,
      cause,
    );
  if (
    /identification|before handshake|Invalid packet|bad packet|Bad packet|Exceeded max/i.test(cause.message)
  )
    return failure(
      'not-ssh',
      `What answers at ${peer.host} port ${peer.port} does not speak SSH, or hung up at once: ${cause.message}`,
      `Check host and port in the inventory: ${sshLine(peer, '-v')}`,
      cause,
    );
  return reachFailure(peer, cause);
}

export function loginRefused(
  peer: Peer,
  facts: {
    readonly tried: readonly string[];
    readonly accepts: readonly string[];
    readonly key: string | null;
  },
  cause: unknown,
): KhaError {
  const tried = facts.tried.length === 0 ? 'no key was there to offer' : `tried ${facts.tried.join(', ')}`;
  const accepts = facts.accepts.length === 0 ? '' : `; it accepts ${facts.accepts.join(', ')}`;
  const copy = quoteArgv([
    'ssh-copy-id',
    ...(facts.key === null ? [] : ['-i', facts.key]),
    '-p',
    String(peer.port),
    `${peer.user}@${peer.host}`,
  ]);
  return failure(
    'login-refused',
    `${addressOf(peer)} refused the login: ${tried}${accepts}.`,
    `Put your public key there with "${copy}", or see why with "${sshLine(peer, '-v')}".`,
    cause,
  );
}

export function connectionLost(peer: Peer, why: string, cause?: unknown): KhaError {
  return failure(
    'connection-lost',
    `The connection to ${addressOf(peer)} was lost: ${why}.`,
    `Check that the host is up: ${sshLine(peer)}`,
    cause,
  );
}
