// A kind "not now": what a lab answers when something cannot be done yet, and how any failure reaches the stream.
import { exits, KhaError } from '../model/failure.ts';
import type { Problem } from '../model/observation.ts';

/** One sentence on what is missing, one on what to do. */
export function refusal(code: string, message: string, tryThis: string): KhaError {
  return new KhaError({ code, exit: exits.usage, message, tryThis });
}

export function problemOf(error: unknown): Problem {
  if (error instanceof KhaError) {
    return { kind: 'problem', code: error.code, message: error.message, tryThis: error.tryThis };
  }
  const message = `Something went wrong in the lab itself: ${error instanceof Error ? error.message : String(error)}.`;
  return { kind: 'problem', code: 'bug', message, tryThis: 'Run it again with -v and report what it says.' };
}
