// Questions that a login may need answered: an unknown host key, a passphrase. Only where a person is there.
import { Writable } from 'node:stream';
import type { Prompts } from '../hosts/prompts.ts';
import type { CommonFlags } from './flags.ts';
import { askLine } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

/** Null where nobody can answer: then hosts refuse instead of asking. Questions go to stderr, stdout is for results. */
export function promptsFor(flags: CommonFlags, surroundings: Surroundings): Prompts | null {
  if (!flags.input || flags.json || !hasTerminal(surroundings)) return null;
  return {
    confirm: async (question) => /^y(es)?$/i.test(await ask(`${question} [yes/no] `, surroundings)),
    secret: (question) => ask(`${question} `, surroundings, true),
  };
}

async function ask(question: string, { stdin, stderr }: Surroundings, hidden = false): Promise<string> {
  let shown = true;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (shown) stderr.write(chunk);
      done();
    },
  });
  try {
    return await askLine({
      question,
      input: stdin,
      output,
      onAsked() {
        shown = !hidden;
      },
    });
  } finally {
    if (hidden) stderr.write('\n');
  }
}
