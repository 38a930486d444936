// What can be typed where, read off the command table: the one thing that all shells' completions are made of.
import type { Argument, Command, Option } from 'commander';
import { faultKinds } from '../../model/faultkind.ts';
import { listed } from '../help/commandtree.ts';

/** What may follow a flag, or stand as an argument. */
export type Value =
  | { readonly sort: 'words'; readonly words: readonly string[] }
  | { readonly sort: 'files' }
  | { readonly sort: 'folders'; readonly words: readonly string[] }
  /** Anything: a duration, a number. */
  | { readonly sort: 'free' };

export interface Flag {
  readonly long: string;
  /** One letter, without its dash. */
  readonly short: string | null;
  readonly says: string;
  /** Null for one that takes none. */
  readonly value: Value | null;
}

export interface Place {
  /** The words typed so far, as `labs new`; empty at the beginning. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly says: string }[];
  readonly flags: readonly Flag[];
  readonly argument: Value;
}

export interface Known {
  /** Names of labs that come with the package. */
  readonly labs: readonly string[];
  /** Topics of help. */
  readonly topics: readonly string[];
}

export function completionTable(program: Command, known: Known): readonly Place[] {
  const all = listed(program);
  return all.map(({ words, options, below, arguments: taken }) => ({
    path: words.join(' '),
    commands: below.map((name) => ({
      name,
      says: all.find((one) => one.words.join(' ') === [...words, name].join(' '))?.description ?? '',
    })),
    flags: options.map((option) => flagOf(words.join(' '), option)),
    argument: taken[0] ? argumentValue(taken[0], known, all[0]?.below ?? []) : { sort: 'free' },
  }));
}

/** Flags whose values are words, though commander is not told of them; a master by its name is known only there. */
const suggested: Readonly<Record<string, readonly string[]>> = {
  'failover --fault': faultKinds,
  'failover --on': ['leader', 'standby'],
};

function flagOf(path: string, { long, short, description, flags, argChoices }: Option): Flag {
  const [, name] = /[<[]([^>\]]+)[>\]]/.exec(flags) ?? [];
  const words = argChoices ?? suggested[`${path} ${long}`];
  const value: Value | null =
    name === undefined ? null : words ? { sort: 'words', words } : (places[name] ?? { sort: 'free' });
  return { long: long ?? '', short: short?.replace(/^-/, '') ?? null, says: description, value };
}

/** By the name that the command table gives a value. */
const places: Readonly<Record<string, Value>> = {
  file: { sort: 'files' },
  recordings: { sort: 'files' },
  before: { sort: 'files' },
  after: { sort: 'files' },
  dir: { sort: 'folders', words: [] },
  folder: { sort: 'folders', words: [] },
};

function argumentValue(argument: Argument, { labs, topics }: Known, commands: readonly string[]): Value {
  const name = argument.name();
  if (argument.argChoices) return { sort: 'words', words: argument.argChoices };
  if (name === 'lab' || name === 'labs') return { sort: 'folders', words: labs };
  if (name === 'words') return { sort: 'words', words: [...commands, ...topics] };
  return places[name] ?? { sort: 'free' };
}

/** The flags of all places with the same value, so that each value is told once: `[['failover --fault', …], value]`. */
export function valuesByFlag(table: readonly Place[]): readonly (readonly [readonly string[], Value])[] {
  const found = new Map<string, [string[], Value]>();
  for (const { path, flags } of table)
    for (const { long, short, value } of flags) {
      if (value === null) continue;
      const key = JSON.stringify(value);
      const entry = found.get(key) ?? [[], value];
      entry[0].push(`${path} ${long}`, ...(short === null ? [] : [`${path} -${short}`]));
      found.set(key, entry);
    }
  return [...found.values()];
}
