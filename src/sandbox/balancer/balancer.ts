// The load balancer of the sandbox: TCP on loopback to API servers in turn, of which it asks each second whether they are ready.
import { createServer } from 'node:net';
import { carry } from '../kube-proxy/forwarder.ts';
import { afterCheck, healthy } from './health.ts';

export interface BalancerOptions {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly servers: readonly BalancedServer[];
}

export interface BalancedServer {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Whether it is ready; rejects when it does not answer before the signal aborts. */
  readonly check: (signal: AbortSignal) => Promise<boolean>;
}

const checkEveryMs = 1_000;

/**
 * As HAProxy in TCP mode with `option httpchk GET /readyz`, `inter 1s fall 2 rise 2`, without `redispatch`: a connection that
 * was given to a dead server fails. Nothing is checked before the first client comes, as most sandboxes have none.
 */
export function openBalancer({ port, servers }: BalancerOptions): void {
  const states = servers.map((server) => ({ server, health: healthy }));
  let next = 0;
  let checking = false;
  const look = () => {
    for (const state of states)
      void ready(state.server).then((passed) => {
        state.health = afterCheck(state.health, passed);
      });
  };
  const balancer = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => undefined);
    if (!checking) {
      checking = true;
      look();
      setInterval(look, checkEveryMs).unref();
    }
    const up = states.filter(({ health }) => health.up);
    const chosen = up[next % Math.max(1, up.length)];
    next += 1;
    if (chosen) carry(client, chosen.server.port);
    else client.resetAndDestroy();
  });
  // A port that somebody else took meanwhile leaves the sandbox without its balancer, and nothing else.
  balancer.on('error', () => undefined);
  balancer.listen(port, '127.0.0.1');
}

async function ready({ check }: BalancedServer): Promise<boolean> {
  try {
    return await check(AbortSignal.timeout(checkEveryMs));
  } catch {
    return false;
  }
}
