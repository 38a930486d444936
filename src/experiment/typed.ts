// A command typed on a master: shown before it runs, and told again with how it ended.
import type { Finished, Host, RunOptions, Timed } from '../hosts/host.ts';
import type { CommandRun } from '../model/observation.ts';
import type { Step } from './faults/design.ts';

/** Hears of every command: what is typed on which master. */
export type Tell = (master: string, command: CommandRun) => void;

/** For `recover`, which keeps no recording. */
export const toNobody: Tell = () => {};

export type Typing = Pick<Step, 'argv' | 'input' | 'asLogin'>;

/** As a person would type it in bash: what it reads from its standard input is part of it. */
export function typedText(host: Host, { argv, input, asLogin }: Typing): string {
  const line = host.commandLine(argv, { sudo: !asLogin });
  return input === undefined ? line : `${line} <<< ${bashWord(input)}`;
}

/** A here-string ends with a line feed of its own. */
function bashWord(input: string): string {
  const escaped = input.replace(/\n$/, '').replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n');
  return `$'${escaped}'`;
}

export interface TypingWish {
  readonly why: string;
  readonly tell: Tell;
  /** Milliseconds. Default: as `Host.run`. */
  readonly timeoutMs?: number;
}

/** @throws KhaError as `Host.run`; what was shown is then not told as having run, for nobody knows. */
export function typed(host: Host, typing: Typing, wish: TypingWish): Promise<Finished> {
  return told(host, typing, {
    ...wish,
    run: (options) => host.run(typing.argv, options),
    took: ({ startedMs, endedMs }) => endedMs - startedMs,
  });
}

/** The same, with the host's clock noted right before and after. */
export function typedTimed(host: Host, typing: Typing, wish: TypingWish): Promise<Timed> {
  return told(host, typing, {
    ...wish,
    run: (options) => host.runTimed(typing.argv, options),
    took: ({ hostBeforeMs, hostAfterMs }) => hostAfterMs - hostBeforeMs,
  });
}

async function told<Ran extends Finished>(
  host: Host,
  typing: Typing,
  how: TypingWish & {
    readonly run: (options: RunOptions) => Promise<Ran>;
    readonly took: (ran: Ran) => number;
  },
): Promise<Ran> {
  const { why, tell, timeoutMs, run, took } = how;
  const { input, asLogin } = typing;
  const shared = { kind: 'command', text: typedText(host, typing), why } as const;
  tell(host.name, { ...shared, phase: 'shown', code: null, tookMs: null });
  const ran = await run({
    sudo: !asLogin,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(input !== undefined && { input }),
  });
  tell(host.name, { ...shared, phase: 'ran', code: ran.code, tookMs: took(ran) });
  return ran;
}
