// What a difference between units means: how much it weighs, and why.
import type { Flags } from '../goflags.ts';
import type { UnitComponent } from './table.ts';
import type { UnitWords } from './words.ts';

/** `harmless`: explained, nothing to do. `matters`: put it right. `danger`: open to anyone who reaches the port. */
export type Weight = 'harmless' | 'matters' | 'danger';

export interface Judgement {
  readonly weight: Weight;
  /** One sentence, without its full stop. */
  readonly why: string;
}

/** A flag of a real unit beside the rendered one, and what it may be judged by. */
export interface Look {
  readonly component: UnitComponent;
  readonly flag: string;
  /** As given; null where it is left out. */
  readonly found: string | null;
  readonly expected: string | null;
  /** All flags of the real unit. */
  readonly flags: Flags;
  /** `v1.20.2`, and its minor number. */
  readonly version: string;
  readonly minor: number;
  /** How many masters there are. */
  readonly masters: number;
  /** Addresses of the other masters, by name. */
  readonly others: ReadonlyMap<string, string>;
  /** What dangers are told in. */
  readonly words: UnitWords;
}

/** Null: no difference worth a word. */
export type Rule = (look: Look) => Judgement | null;

export const harmless = (why: string): Judgement => ({ weight: 'harmless', why });
export const matters = (why: string): Judgement => ({ weight: 'matters', why });
export const danger = (why: string): Judgement => ({ weight: 'danger', why });

/** Host names or addresses in a list of URLs or `host:port`. */
export function hostsIn(urls: string): readonly string[] {
  return urls.split(',').map((url) => {
    const [, bracketed, plain] = /^(?:[a-z]+:\/\/)?(?:\[([^\]]*)\]|([^:/]*))/.exec(url.trim()) ?? [];
    return bracketed ?? plain ?? '';
  });
}

export function isLoopback(host: string): boolean {
  return /^(127\.|localhost$|::1$)/.test(host);
}

/** The URLs of the list that have no TLS: `http://…`, or no scheme at all. */
export function plainUrls(urls: string): readonly string[] {
  return urls.split(',').filter((url) => !/^(https|unix|unixs):/.test(url.trim()));
}
