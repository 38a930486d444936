// The load balancer in front of all API servers: HAProxy, at an address of its own on the masters' network.
import { join } from 'node:path';
import { runMachine } from './nspawn.ts';
import { addressOf, BALANCER } from './places.ts';
import { put } from './put.ts';

export const BALANCER_PORT = 6443;

const CONFIGURATION = '/etc/haproxy/haproxy.cfg';

/** A server is left out once it did not say twice, a second apart, that it is ready. */
function configuration(masters: readonly string[]): string {
  const check = 'check check-ssl verify none inter 1s fall 2 rise 2';
  return [
    'defaults',
    '  mode tcp',
    '  timeout connect 2s',
    '  timeout client 1h',
    '  timeout server 1h',
    'listen kubernetes',
    `  bind ${addressOf(BALANCER)}:${BALANCER_PORT}`,
    '  balance roundrobin',
    '  option httpchk GET /readyz',
    ...masters.map((name) => `  server ${name} ${addressOf(name)}:6443 ${check}`),
    '',
  ].join('\n');
}

/** Starts it in the file system at `root` and returns at once; what it says goes to `console`. */
export async function startBalancer(
  id: string,
  { root, console, masters }: { root: string; console: string; masters: readonly string[] },
): Promise<void> {
  await put(join(root, CONFIGURATION), configuration(masters));
  const haproxy = ['/usr/sbin/haproxy', '-db', '-f', CONFIGURATION];
  await runMachine({ id, master: BALANCER }, { root, console }, haproxy);
}
