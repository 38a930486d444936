// What a command that failed prints under `--json`, and what it says to a person.
import { expect } from 'vitest';
import { z } from 'zod';
import { onlyObject, type Ran } from '../drivers/program.ts';

const sentence = z.string().regex(/^\S(.*\S)?$/s);

export const failureAnswer = z.strictObject({
  version: z.literal(1),
  error: z.strictObject({
    code: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    exit: z.int(),
    message: sentence,
    tryThis: sentence,
  }),
});

/** Holds a failure under `--json` to the contract, stderr to the same words, and gives what it says. */
export function expectFailure(ran: Ran, { code, exit }: { code: string; exit: number }) {
  const { error } = failureAnswer.parse(onlyObject(ran));
  expect(error).toMatchObject({ code, exit });
  expect(ran.exitCode).toBe(exit);
  expect(ran.stderr).toContain(error.message);
  expect(ran.stderr).toContain(error.tryThis);
  return error;
}

/** Holds what a person is told to two parts: what happened, what to do. No stack, nothing on stdout. */
export function expectTold(
  ran: Ran,
  { exit, happened, todo }: { exit: number; happened: RegExp; todo: RegExp },
) {
  expect(`${ran.exitCode} ${ran.stderr}`).toMatch(new RegExp(`^${exit} `));
  expect(ran.stderr).toMatch(happened);
  expect(ran.stderr).toMatch(todo);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
}
