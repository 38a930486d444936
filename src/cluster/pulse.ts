// Whether an API server still answers while its watches are silent: a master without power closes no connection.

export interface Pulse {
  /** A watch that is about to be opened; it ends with the caller's signal, or when the server is silent. */
  keep(signal: AbortSignal): KeptWatch;
}

export interface KeptWatch {
  readonly signal: AbortSignal;
  /** Something came: as good as an answer. */
  heard(): void;
  /** Why it was ended, when it was the silence; null otherwise. */
  failure(): unknown;
  end(): void;
}

export interface PulseOptions {
  /** Asks the server something cheap; rejects when there is no answer in time. */
  readonly ask: () => Promise<unknown>;
  /** Milliseconds of silence until it is asked. */
  readonly everyMs: number;
}

/** One for all watches of a server, and asking only while nothing comes: locks in use are heard of every two seconds. */
export function createPulse({ ask, everyMs }: PulseOptions): Pulse {
  const open = new Set<(cause: unknown) => void>();
  let heard = false;
  let beating = false;

  async function beat(): Promise<void> {
    const watches = [...open];
    if (!heard) {
      try {
        await ask();
      } catch (cause) {
        if (!heard) for (const lose of watches) lose(cause);
      }
    }
    heard = false;
    beating = open.size > 0;
    if (beating) later();
  }
  const later = () => setTimeout(beat, everyMs).unref();

  return {
    keep(signal) {
      const ending = new AbortController();
      let failure: unknown = null;
      const stop = () => ending.abort();
      const lose = (cause: unknown) => {
        failure = cause;
        stop();
      };
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
      open.add(lose);
      if (!beating) later();
      beating = true;
      return {
        signal: ending.signal,
        heard() {
          heard = true;
        },
        failure: () => failure,
        end() {
          signal.removeEventListener('abort', stop);
          open.delete(lose);
        },
      };
    },
  };
}
