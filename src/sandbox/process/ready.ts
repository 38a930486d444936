// Tells the supervisor that this process can serve, as sd_notify would.
import { fstatSync, writeSync } from 'node:fs';

/**
 * Writes `READY=1` to descriptor 3. Only to a socket (what a parent's pipe is here) or a file: without a
 * supervisor that number belongs to Node itself.
 */
export function announceReady(descriptor = 3): void {
  try {
    const stat = fstatSync(descriptor);
    if (stat.isSocket() || stat.isFile()) writeSync(descriptor, 'READY=1\n');
  } catch {
    // Nobody listens: a component runs as well by hand.
  }
}
