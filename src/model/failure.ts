// The one error people see: what happened, what to do, and the exit code the contract gives it.

import { sanitise } from './sanitise.ts';

/** Exit codes of the command line. Scripts rely on them; `exitOf` decides where several hold. */
export const exits = {
  good: 0,
  failed: 1,
  usage: 2,
  inconclusive: 3,
  unreachable: 4,
  notSteady: 5,
  notRestored: 6,
  notRecorded: 7,
  bug: 70,
  interrupted: 130,
} as const;

export type Exit = (typeof exits)[keyof typeof exits];

const gravity: readonly Exit[] = [6, 70, 130, 7, 5, 4, 3, 1, 2, 0];

/** The exit code to end with when several hold: not restored beats a bug beats an interruption, and so on. */
export function gravest(codes: readonly Exit[]): Exit {
  return gravity.find((code) => codes.includes(code)) ?? exits.good;
}

export interface FailureFacts {
  /** Stable, kebab-case, for scripts: `unknown-host-key`. */
  readonly code: string;
  readonly exit: Exit;
  /** One sentence: what happened. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly tryThis: string;
  readonly cause?: unknown;
}

/** A failure a person can act on. Anything else that is thrown is a bug and ends with exit 70. */
export class KhaError extends Error {
  readonly code: string;
  readonly exit: Exit;
  readonly tryThis: string;

  constructor(facts: FailureFacts) {
    // What a host or an API server said is part of many a message, and all of them reach terminals and recordings.
    super(sanitise(facts.message), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'KhaError';
    this.code = facts.code;
    this.exit = facts.exit;
    this.tryThis = sanitise(facts.tryThis);
  }
}

/** The failure as `--json` prints it: `{ "version": 1, "error": … }`. */
export function failureJson(error: KhaError) {
  const { code, exit, message, tryThis } = error;
  return { version: 1, error: { code, exit, message, tryThis } } as const;
}
