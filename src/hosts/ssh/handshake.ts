// The way to a logged-in SSH connection: the socket, the host's key, then the login.
import { connect, type Socket } from 'node:net';
import ssh2, { type AuthHandlerMiddleware, type Client, type ServerHostKeyAlgorithm } from 'ssh2';
import type { SshReach } from '../../inventory/inventory.ts';
import { KhaError } from '../../model/failure.ts';
import type { Prompts } from '../prompts.ts';
import { agentKeys, OfferingAgent } from './agent.ts';
import { addressOf, connectTimeout, handshakeFailure, loginRefused, reachFailure } from './failures.ts';
import { type HostKeyPolicy, nameOf, readKnownHosts, verifyHostKey } from './hostkey.ts';
import { type Identity, readIdentity } from './identity.ts';
import type { KeyRing } from './keyring.ts';
import { orderAlgorithms } from './knownhosts/judge.ts';
import { newLogin } from './login.ts';

export interface ConnectionOptions {
  readonly reach: SshReach;
  readonly hostKey: HostKeyPolicy;
  readonly prompts: Prompts | null;
  readonly keyRing: KeyRing;
  readonly agentSocket: string | null;
  /** Host keys accepted during this run: nobody is asked twice, though no file could keep the answer. */
  readonly accepted: Buffer[];
}

/** A host that leaves so many questions in a row unanswered is taken for gone. */
export const keepAliveMs = 5_000;
export const keepAliveMisses = 3;

const usualConnectMs = 10_000;

const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** Connects and logs in. Throws KhaError (exit 4). */
export async function logIn(options: ConnectionOptions): Promise<Client> {
  const { reach } = options;
  const identities = await readIdentities(reach, options.keyRing);
  const known = await readKnownHosts(options.hostKey.files);
  const inAgent = await agentKeys(options.agentSocket);
  const socket = await openSocket(reach);
  const client = new ssh2.Client();
  const failures: unknown[] = [];
  const agent = new OfferingAgent(
    {
      socket: options.agentSocket,
      inAgent,
      identities,
      named: reach.identitiesNamed === true,
      identitiesOnly: reach.identitiesOnly === true,
    },
    { keyRing: options.keyRing, onFailure: (error) => failures.push(error) },
  );
  const login = newLogin({ user: reach.user, address: addressOf(reach), agent, prompts: options.prompts });
  const authHandler: AuthHandlerMiddleware = (left: readonly string[] | null, _partial, next) => {
    login.next(left).then(
      // ssh2's types leave out that `false` ends the attempts.
      (method) => next(method as Exclude<typeof method, false>),
      (error: unknown) => {
        failures.push(error);
        next(false as never);
      },
    );
  };
  const serverHostKey = orderAlgorithms(
    known,
    nameOf(options.hostKey),
    hostKeyAlgorithms,
  ) as ServerHostKeyAlgorithm[];
  try {
    await new Promise<void>((resolve, reject) => {
      // The time a person takes to answer does not count.
      const patience = reach.connectTimeoutMs ?? usualConnectMs;
      const timer = setTimeout(() => reject(connectTimeout(reach)), patience);
      client.once('handshake', () => clearTimeout(timer));
      client.once('ready', () => resolve());
      client.on('error', (error) => {
        if (error.level === 'agent') return;
        clearTimeout(timer);
        const told = failures.find((each) => each instanceof KhaError);
        if (told !== undefined) reject(told);
        else if (error.level === 'client-authentication' || isAuthDisconnect(error))
          reject(
            loginRefused(
              reach,
              { tried: agent.descriptions, accepts: login.accepts, key: identities[0]?.file ?? null },
              error,
            ),
          );
        else reject(handshakeFailure(reach, error));
      });
      client.once('close', () => {
        clearTimeout(timer);
        reject(failures[0] ?? reachFailure(reach, new Error('the host hung up')));
      });
      client.connect({
        sock: socket,
        username: reach.user,
        readyTimeout: 0,
        keepaliveInterval: keepAliveMs,
        keepaliveCountMax: keepAliveMisses,
        algorithms: { serverHostKey },
        authHandler,
        hostVerifier: (shown: Buffer, answer: (accept: boolean) => void) => {
          clearTimeout(timer);
          if (options.accepted.some((key) => key.equals(shown))) return answer(true);
          verifyHostKey(options.hostKey, known, shown).then(
            () => {
              options.accepted.push(shown);
              answer(true);
            },
            (error: unknown) => {
              failures.push(error);
              answer(false);
            },
          );
        },
      });
    });
  } catch (error) {
    client.on('error', () => {});
    client.destroy();
    socket.destroy();
    throw error;
  }
  return client;
}

const isAuthDisconnect = (error: Error) => /authentication failures/i.test(error.message);

async function readIdentities(reach: SshReach, keyRing: KeyRing): Promise<readonly Identity[]> {
  const found: Identity[] = [];
  for (const file of reach.identityFiles) {
    const identity = await readIdentity(file, { named: reach.identitiesNamed === true, keyRing });
    if (identity !== null) found.push(identity);
  }
  return found;
}

function openSocket(reach: SshReach): Promise<Socket> {
  const { host, port, addressFamily, connectTimeoutMs = usualConnectMs } = reach;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      noDelay: true,
      ...(addressFamily === undefined ? {} : { family: addressFamily }),
    });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(connectTimeout(reach));
    }, connectTimeoutMs);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(reachFailure(reach, error));
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
