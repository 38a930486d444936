// Signals of a command without screens: the first asks it to end and put things back, the second not to dawdle.

export interface Interrupts {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly first: AbortSignal;
  /** Aborted by the second: stop waiting for niceties. Putting things back goes on all the same. */
  readonly second: AbortSignal;
  /** What nobody caught meanwhile: it ended the run as an interruption does, so that everything was put back first. */
  bug(): { readonly error: unknown } | null;
  stopListening(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function listenForInterrupts(onFirst: () => void = () => {}): Interrupts {
  const first = new AbortController();
  const second = new AbortController();
  const interrupt = () => {
    if (first.signal.aborted) return second.abort();
    first.abort();
    onFirst();
  };
  // Nobody reads what is printed any more (`| head`): as good as an interruption, but each line written says it again.
  const unread = () => {
    if (!first.signal.aborted) interrupt();
  };
  let bug: { readonly error: unknown } | null = null;
  const crashed = (error: unknown) => {
    bug ??= { error };
    first.abort();
  };
  process.on('uncaughtException', crashed);
  process.stdout.on('error', unread);
  for (const signal of signals) process.on(signal, interrupt);
  return {
    first: first.signal,
    second: second.signal,
    bug: () => bug,
    stopListening() {
      process.off('uncaughtException', crashed);
      process.stdout.off('error', unread);
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
