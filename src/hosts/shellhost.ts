// A Host over any wire: what SSH and this machine share.
import type { Duplex } from 'node:stream';
import { exits, KhaError } from '../model/failure.ts';
import type { OffsetSample } from '../model/time.ts';
import type { Argv, Finished, Followed, Host, RunOptions, Timed } from './host.ts';
import { quoteArgv } from './quote.ts';
import { type CollectOptions, collect } from './shell/collect.ts';
import { bestEcho } from './shell/echo.ts';
import { FollowedCommand } from './shell/follow.ts';
import { guarded } from './shell/guard.ts';
import { HelperShell } from './shell/helpershell.ts';
import { timedCommand } from './shell/timed.ts';
import { needsSudo, sudoFailure, underSudo } from './sudo.ts';
import type { Wire, WireState } from './wire.ts';

const echoesAtOnce = 8;

export class ShellHost implements Host {
  readonly name: string;
  readonly #wire: Wire;
  readonly #sudo: 'auto' | 'never' | 'always';
  readonly #helper: HelperShell;
  readonly #followed = new Set<Followed>();

  constructor(name: string, options: { readonly wire: Wire; readonly sudo: 'auto' | 'never' | 'always' }) {
    this.name = name;
    this.#wire = options.wire;
    this.#sudo = options.sudo;
    this.#helper = new HelperShell(options.wire, name);
  }

  get address(): string {
    return this.#wire.address;
  }

  connect(): Promise<void> {
    return this.#wire.connect();
  }

  run(argv: Argv, options: RunOptions = {}): Promise<Finished> {
    const line = this.commandLine(argv, options);
    return this.#judged(options, line, collect(this.#wire, this.#collectOptions(argv, options)));
  }

  ask(argv: Argv, options: RunOptions = {}): Promise<Finished> {
    const line = this.commandLine(argv, options);
    return this.#judged(options, line, this.#helper.ask(this.#collectOptions(argv, options)));
  }

  async runTimed(argv: Argv, options: RunOptions = {}): Promise<Timed> {
    const shown = this.commandLine(argv, options);
    const timed = timedCommand(this.#words(argv, options.sudo), await this.#helper.clockSource());
    const collecting = collect(this.#wire, { ...this.#collectOptions(argv, options), argv: timed.argv });
    return this.#judged(
      options,
      shown,
      collecting.then((finished) => timed.read(finished, this.name)),
    );
  }

  follow(argv: Argv, options: { readonly sudo?: boolean } = {}): Followed {
    const shown = this.commandLine(argv, options);
    const followed = new FollowedCommand(this.#wire, {
      argv: guarded(this.#words(argv, options.sudo)),
      failure: (ended) =>
        this.#isSudo(options.sudo) ? sudoFailure(ended, { host: this.name, line: shown }) : null,
    });
    this.#followed.add(followed);
    const gone = () => this.#followed.delete(followed);
    followed.ended.then(gone, gone);
    return followed;
  }

  async clock(): Promise<OffsetSample> {
    const best = bestEcho(
      (await this.#helper.echoes(echoesAtOnce)).filter(({ hostMs }) => !Number.isNaN(hostMs)),
    );
    if (best !== null) return best;
    throw new KhaError({
      code: 'no-host-clock',
      exit: exits.unreachable,
      message: `The clock of ${this.name} could not be read.`,
      tryThis: `On ${this.name}, "date +%s%N" must print a number; installing bash or coreutils there helps.`,
    });
  }

  tunnel(host: string, port: number, from?: string): Promise<Duplex> {
    return this.#wire.tunnel(host, port, from);
  }

  commandLine(argv: Argv, options: { readonly sudo?: boolean } = {}): string {
    return quoteArgv(this.#words(argv, options.sudo));
  }

  onState(listener: (state: WireState, detail: string | null) => void): () => void {
    return this.#wire.onState(listener);
  }

  close(): Promise<void> {
    for (const each of this.#followed) each.close();
    this.#helper.close();
    return this.#wire.close();
  }

  #isSudo(asked: boolean | undefined): boolean {
    return needsSudo({ mode: this.#sudo, loginIsRoot: this.#wire.loginIsRoot }, asked);
  }

  #words(argv: Argv, sudo: boolean | undefined): Argv {
    return this.#isSudo(sudo) ? underSudo(argv) : argv;
  }

  #collectOptions(argv: Argv, options: RunOptions): CollectOptions {
    const { sudo, input, timeoutMs, signal } = options;
    const shown = this.commandLine(argv, options);
    return { argv: this.#words(argv, sudo), shown, host: this.name, input, timeoutMs, signal };
  }

  /** The result, unless it was sudo that refused. */
  async #judged<T extends Finished>(options: RunOptions, line: string, finishing: Promise<T>): Promise<T> {
    const finished = await finishing;
    const failure = this.#isSudo(options.sudo) ? sudoFailure(finished, { host: this.name, line }) : null;
    if (failure !== null) throw failure;
    return finished;
  }
}
