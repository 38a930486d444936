// Flags that every command takes, and how their values are read.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { canaryEveryMs } from '../model/canarypace.ts';
import { readDuration } from '../model/duration.ts';

export interface CommonFlags {
  readonly inventory?: string;
  readonly sandbox?: boolean;
  readonly json?: boolean;
  readonly input: boolean;
  readonly color: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export function withCommonFlags(command: Command): Command {
  return command
    .option('--inventory <file>', 'which masters, and how to reach them (default: kha-lab.yaml here)')
    .option('--sandbox', 'two masters on this machine, made for this run')
    .option('--json', 'machine output on stdout, messages on stderr')
    .option('--no-input', 'never ask anything')
    .option('--no-color', 'no colours')
    .option('--plain', 'lines instead of screens')
    .option('-q, --quiet', 'only results and failures')
    .option('-v, --verbose', 'tell failures with their causes');
}

/** Flags of commands that open screens. */
export interface ScreenFlags extends CommonFlags {
  readonly screenReader?: boolean;
  readonly reducedMotion?: boolean;
  readonly theme?: 'dark' | 'light';
}

export function withScreenFlags(command: Command): Command {
  return command
    .option('--screen-reader', 'plain text, one announcement a change')
    .option('--reduced-motion', 'nothing moves by itself more than once a second')
    .addOption(
      new Option('--theme <background>', 'colours for a dark or a light window (default: as it is)').choices([
        'dark',
        'light',
      ]),
    );
}

/** The same as the screens take them. */
export function screenWishes({ color, screenReader, reducedMotion, theme }: ScreenFlags) {
  return {
    ...(!color && { color: false }),
    ...(screenReader && { screenReader: true }),
    ...(reducedMotion && { reducedMotion: true }),
    ...(theme !== undefined && { background: theme }),
  };
}

/** `20s`, `1m30s`, `500ms` → milliseconds. */
export function duration(text: string): number {
  const ms = anyDuration(text);
  if (ms <= 0) throw new InvalidArgumentError('It must be longer than 0.');
  return ms;
}

function anyDuration(text: string): number {
  const ms = readDuration(text);
  if (ms !== null) return ms;
  throw new InvalidArgumentError('A duration is written like 20s, 1m30s or 500ms.');
}

const dayMs = 86_400_000;

/** `30d`, `2w`, or a duration like `12h` → milliseconds. */
export function age(text: string): number {
  const [, number, unit] = /^(\d{1,5})([dw])$/.exec(text) ?? [];
  const ms = number === undefined ? readDuration(text) : Number(number) * (unit === 'w' ? 7 * dayMs : dayMs);
  if (ms === null) throw new InvalidArgumentError('An age is written like 30d, 2w or 12h.');
  if (ms <= 0) throw new InvalidArgumentError('It must be longer than 0.');
  return ms;
}

/** As `duration`, for the election's terms: the rules compare whole seconds. */
export function wholeSeconds(text: string): number {
  const ms = anyDuration(text);
  if (ms < 1000 || ms % 1000 !== 0) throw new InvalidArgumentError('It must be whole seconds, at least 1s.');
  return ms;
}

/** As `duration`: closer together they would be a load of their own, farther apart they show little. */
export function canaryPace(text: string): number {
  const ms = anyDuration(text);
  if (ms < canaryEveryMs.least || ms > canaryEveryMs.most)
    throw new InvalidArgumentError('It must be from 100ms to 5s.');
  return ms;
}

/** Part of file names, so plain. */
export function seatName(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(text))
    throw new InvalidArgumentError('It must be letters, digits, dots and dashes, at most 40.');
  return text;
}

export function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return Number(text);
}

/** How many times as fast. */
export function factor(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** `10%` → 0.1. */
export function share(text: string): number {
  const [, number] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('A share is written like 10% or 2.5%.');
  return Number(number) / 100;
}
