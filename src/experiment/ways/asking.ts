// Asks steadily through every way in, each request on a connection of its own, and says how each of them went.
import type { ApiServer } from '../../cluster/apiserver.ts';
import { KhaError } from '../../model/failure.ts';
import { pause, say, type Witness } from '../watch/witness.ts';
import type { Way, WayClient } from './find.ts';

export interface AskingOptions extends Witness {
  /** Whose login the clients use. */
  readonly api: ApiServer;
  readonly ways: readonly Way[];
  /** Between the beginnings of two requests of a client, in milliseconds. */
  readonly everyMs: number;
}

/** What an API server answers from memory; what takes longer is as good as none. */
const withinMs = 2_000;

/** Runs until the signal aborts. */
export async function askSteadily(options: AskingOptions): Promise<void> {
  const { ways } = options;
  await Promise.all(
    ways.flatMap((way) =>
      way.clients.map((client, at) =>
        askAs(client, way, { ...options, firstAfterMs: spread(at, way.clients.length, options) }),
      ),
    ),
  );
}

/** Clients of one way ask one after the other, not all at once. */
function spread(at: number, count: number, { everyMs }: AskingOptions): number {
  return (everyMs * at) / count;
}

async function askAs(
  client: WayClient,
  way: Way,
  options: AskingOptions & { readonly firstAfterMs: number },
): Promise<void> {
  const { clock, signal, everyMs } = options;
  await pause(options.firstAfterMs, signal);
  while (!signal.aborted) {
    const atMs = clock();
    const reason = await ask(client, way, options);
    // What was cut off by the end of the asking says nothing about the way.
    if (signal.aborted) return;
    const seen = { way: way.way, client: client.name, ok: reason === null, tookMs: clock() - atMs, reason };
    say(options, null, { kind: 'ask', ...seen }, { atMs });
    await pause(Math.max(0, atMs + everyMs - clock()), signal);
  }
}

/** Null when it was answered, whatever by; else why not. */
async function ask({ dial }: WayClient, way: Way, { api }: AskingOptions): Promise<string | null> {
  const { certifiedName, address } = way;
  const server = api.through({ dial, certifiedName, address: `https://${address}` });
  try {
    const { status } = await server.send('GET', '/version', undefined, { withinMs });
    return status < 500 ? null : `status ${status}`;
  } catch (error) {
    if (!(error instanceof KhaError)) throw error;
    return error.cause instanceof Error ? error.cause.message : error.message;
  } finally {
    server.close();
  }
}
