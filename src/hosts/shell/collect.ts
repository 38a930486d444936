// Runs one command line to its end: input in, output and exit code out, given up after a time.
import { exits, KhaError } from '../../model/failure.ts';
import type { Argv, Finished } from '../host.ts';
import { observerNow } from '../observerclock.ts';
import type { RemoteProcess, Wire } from '../wire.ts';

export interface CollectOptions {
  readonly argv: Argv;
  readonly host: string;
  /** As it would be typed, for messages. */
  readonly shown: string;
  readonly input?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const usualTimeoutMs = 30_000;
const mostOutputBytes = 32 * 1024 * 1024;
const graceMs = 2_000;

export function commandTimeout(
  options: { host: string; shown: string; timeoutMs: number },
  cause?: unknown,
): KhaError {
  return new KhaError({
    code: 'command-timeout',
    exit: exits.unreachable,
    message: `A command on ${options.host} gave no end within ${options.timeoutMs / 1000} s: ${options.shown}`,
    tryThis: `Log in to ${options.host} and run it by hand to see what it waits for.`,
    cause,
  });
}

/** Ends a process by SIGTERM, and by SIGKILL when that was not enough. */
function endSurely(process: RemoteProcess): void {
  process.end('TERM');
  const timer = setTimeout(() => process.end('KILL'), graceMs);
  timer.unref();
  process.ended.then(
    () => clearTimeout(timer),
    () => clearTimeout(timer),
  );
}

/** Throws KhaError: `command-timeout`, `too-much-output`, `connection-lost` (exit 4); the signal's reason when aborted. */
export async function collect(wire: Wire, options: CollectOptions): Promise<Finished> {
  const { signal, timeoutMs = usualTimeoutMs } = options;
  signal?.throwIfAborted();
  const unwanted = new AbortController();
  // Before it is sent: it may begin before the answer that it did is here.
  const startedMs = observerNow();
  const spawned = wire.spawn(options.argv, 'command', unwanted.signal);
  let giveUp: (reason: unknown) => void = () => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const timer = setTimeout(() => giveUp(commandTimeout({ ...options, timeoutMs })), timeoutMs);
  const onAbort = () => giveUp(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const process = await Promise.race([spawned, givenUp]);
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let bytes = 0;
    for (const name of ['stdout', 'stderr'] as const)
      process[name].on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= mostOutputBytes) chunks[name].push(chunk);
        else
          giveUp(
            new KhaError({
              code: 'too-much-output',
              exit: exits.unreachable,
              message: `A command on ${options.host} printed more than 32 MiB: ${options.shown}`,
              tryThis: 'Look at what it prints on the host itself.',
            }),
          );
      });
    process.stdin.on('error', () => {});
    process.stdin.end(options.input ?? '');
    const ended = await Promise.race([process.ended, givenUp]);
    const text = (name: 'stdout' | 'stderr') => Buffer.concat(chunks[name]).toString('utf8');
    return { ...ended, stdout: text('stdout'), stderr: text('stderr'), startedMs, endedMs: observerNow() };
  } catch (error) {
    unwanted.abort();
    spawned.then(endSurely, () => {});
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    givenUp.catch(() => {});
  }
}
