// The one persistent shell on a host: commands and clock readings for the price of a line echoed.
import { randomBytes } from 'node:crypto';
import { exits, KhaError } from '../../model/failure.ts';
import type { Argv, Finished } from '../host.ts';
import { observerNow } from '../observerclock.ts';
import { quoteArgv, quoteWord } from '../quote.ts';
import type { RemoteProcess, Wire } from '../wire.ts';
import { bashClock, type ClockSource, dateClock, parseClock } from './clocksource.ts';
import { type CollectOptions, commandTimeout, usualTimeoutMs } from './collect.ts';
import type { Echo } from './echo.ts';
import { MarkedOutput } from './marked.ts';

const mostOutputBytes = 32 * 1024 * 1024;
const start: Argv = [
  'sh',
  '-c',
  'command -v bash >/dev/null 2>&1 && exec bash --noprofile --norc -s; exec sh -s',
];

interface Shell {
  readonly process: RemoteProcess;
  readonly token: string;
  source: ClockSource;
  /** Who gets what the shell prints; `null` between two commands. */
  listener: ((name: 'stdout' | 'stderr', chunk: Buffer, atMs: number) => void) | null;
  count: number;
}

export class HelperShell {
  readonly #wire: Wire;
  readonly #host: string;
  #shell: Shell | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(wire: Wire, host: string) {
    this.#wire = wire;
    this.#host = host;
  }

  /** As `collect`, one after the other. Throws KhaError as `collect` does, and `helper-ended` (exit 4). */
  ask(options: CollectOptions): Promise<Finished> {
    return this.#inTurn(async () => {
      options.signal?.throwIfAborted();
      return this.#command(await this.#open(), options);
    });
  }

  /** Several readings of the host's clock, one after the other. */
  echoes(count: number): Promise<readonly Echo[]> {
    return this.#inTurn(async () => {
      const shell = await this.#open();
      const echoes: Echo[] = [];
      for (let index = 0; index < count; index++) echoes.push(await this.#echo(shell));
      return echoes;
    });
  }

  clockSource(): Promise<ClockSource> {
    return this.#inTurn(async () => (await this.#open()).source);
  }

  close(): void {
    const shell = this.#shell;
    this.#shell = null;
    shell?.process.end('TERM');
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #open(): Promise<Shell> {
    if (this.#shell !== null) return this.#shell;
    const process = await this.#wire.spawn(start, 'follower');
    const token = `kha-lab-${randomBytes(12).toString('hex')}`;
    const shell: Shell = { process, token, source: bashClock, listener: null, count: 0 };
    process.stdin.on('error', () => {});
    for (const name of ['stdout', 'stderr'] as const)
      process[name].on('data', (chunk: Buffer) => shell.listener?.(name, chunk, observerNow()));
    const gone = () => {
      if (this.#shell?.process === process) this.#shell = null;
    };
    process.ended.then(gone, gone);
    // Short names keep requests short: a shell reads its input byte by byte.
    const mark = (letter: string) => `printf '%s ${letter}%s\\n' ${token}`;
    process.stdin.write(
      [
        `_kb() { ${mark('b')} "$1"; ${mark('b')} "$1" >&2; }`,
        `_ke() { _kc=$?; ${mark('e')} "$1 $_kc"; ${mark('e')} "$1 0" >&2; }`,
        `_kt() { ${mark('t')} "${bashClock.expression}"; }`,
        `_kd() { ${mark('t')} "${dateClock.expression}"; }`,
        '',
      ].join('\n'),
    );
    this.#shell = shell;
    const { hostMs } = await this.#echo(shell);
    if (Number.isNaN(hostMs)) shell.source = dateClock;
    return shell;
  }

  #echo(shell: Shell): Promise<Echo> {
    const begins = `${shell.token} t`;
    const line = shell.source === bashClock ? '_kt\n' : '_kd\n';
    let text = '';
    return this.#exchange<Echo>(shell, {
      timeoutMs: usualTimeoutMs,
      shown: 'reading its clock',
      send: () => {
        const sentMs = observerNow();
        shell.process.stdin.write(line);
        return { sentMs };
      },
      receive: ({ sentMs }, name, chunk, receivedMs) => {
        if (name !== 'stdout') return null;
        text += chunk.toString('latin1');
        const at = text.indexOf(begins);
        const lineEnd = at < 0 ? -1 : text.indexOf('\n', at);
        if (lineEnd < 0) return null;
        return { sentMs, receivedMs, hostMs: parseClock(text.slice(at + begins.length, lineEnd)) };
      },
    });
  }

  #command(shell: Shell, options: CollectOptions): Promise<Finished> {
    const id = ++shell.count;
    const marks = () => new MarkedOutput(`${shell.token} b${id}`, `${shell.token} e${id} `);
    const outputs = { stdout: marks(), stderr: marks() };
    const done: Partial<Record<'stdout' | 'stderr', { text: string; note: string }>> = {};
    const input = options.input === undefined ? '' : `printf %s ${quoteWord(options.input)}|`;
    const without = options.input === undefined ? '</dev/null' : '';
    return this.#exchange<Finished>(shell, {
      ...options,
      send: () => {
        shell.process.stdin.write(`_kb ${id};${input}(${quoteArgv(options.argv)})${without};_ke ${id}\n`);
        return { sentMs: observerNow() };
      },
      receive: ({ sentMs }, name, chunk, receivedMs) => {
        const complete = outputs[name].push(chunk);
        if (complete !== null) done[name] = complete;
        if (outputs[name].size > mostOutputBytes)
          throw new KhaError({
            code: 'too-much-output',
            exit: exits.unreachable,
            message: `A command on ${this.#host} printed more than 32 MiB: ${options.shown}`,
            tryThis: 'Look at what it prints on the host itself.',
          });
        if (done.stdout === undefined || done.stderr === undefined) return null;
        return {
          code: Number(done.stdout.note),
          signal: null,
          stdout: done.stdout.text,
          stderr: done.stderr.text,
          startedMs: sentMs,
          endedMs: receivedMs,
        };
      },
    });
  }

  /** One question and its answer. Whatever goes wrong ends the shell, as its output can no longer be told apart. */
  async #exchange<T>(
    shell: Shell,
    options: {
      readonly shown: string;
      readonly timeoutMs?: number | undefined;
      readonly signal?: AbortSignal | undefined;
      send(): { readonly sentMs: number };
      receive(
        sent: { readonly sentMs: number },
        name: 'stdout' | 'stderr',
        chunk: Buffer,
        receivedMs: number,
      ): T | null;
    },
  ): Promise<T> {
    const { signal, timeoutMs = usualTimeoutMs } = options;
    let cleanUp = () => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(commandTimeout({ host: this.#host, shown: options.shown, timeoutMs })),
          timeoutMs,
        );
        const onAbort = () => reject(signal?.reason);
        signal?.addEventListener('abort', onAbort, { once: true });
        cleanUp = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          shell.listener = null;
        };
        shell.process.ended.then(() => reject(this.#endedEarly(options.shown)), reject);
        const sent = options.send();
        shell.listener = (name, chunk, atMs) => {
          try {
            const answer = options.receive(sent, name, chunk, atMs);
            if (answer !== null) resolve(answer);
          } catch (error) {
            reject(error);
          }
        };
      });
    } catch (error) {
      if (this.#shell?.process === shell.process) this.#shell = null;
      shell.process.end('KILL');
      throw error;
    } finally {
      cleanUp();
    }
  }

  #endedEarly(shown: string): KhaError {
    return new KhaError({
      code: 'helper-ended',
      exit: exits.unreachable,
      message: `The helper shell on ${this.#host} ended during: ${shown}`,
      tryThis: 'Try again; if it happens again, look at what ends shells of this login on the host.',
    });
  }
}
