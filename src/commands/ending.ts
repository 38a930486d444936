// How every command ends when it fails: one sentence on what happened, one on what to do, and the contract's exit code.
import { exits, failureJson, KhaError } from '../model/failure.ts';
import { mask } from '../model/mask.ts';
import type { Surroundings } from './surroundings.ts';

/** Says the failure where it belongs and returns the exit code. A failure that is not a KhaError is a bug of ours. */
export function tellFailure(
  error: unknown,
  { stdout, stderr, env }: Surroundings,
  { json, verbose }: { readonly json: boolean; readonly verbose: boolean },
): number {
  const failure = error instanceof KhaError ? error : bug(error);
  if (json) stdout.write(`${JSON.stringify(failureJson(failure))}\n`);
  stderr.write(`${failure.message}\n${failure.tryThis}\n`);
  if (failure.exit === exits.bug || verbose || env.KHA_LAB_DEBUG) stderr.write(`${mask(stackOf(error))}\n`);
  return failure.exit;
}

function bug(cause: unknown): KhaError {
  return new KhaError({
    code: 'bug',
    exit: exits.bug,
    message: `kha-lab has a bug: ${cause instanceof Error ? cause.message : String(cause)}.`,
    tryThis: 'Please report it with the lines below.',
    cause,
  });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined
    ? String(error.stack)
    : `${error.stack}\ncaused by: ${stackOf(error.cause)}`;
}
