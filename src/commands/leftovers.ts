// Says at every start when an interrupted run left something, and offers to put it back where somebody can answer.
import { isNamespace } from '../experiment/canarynote.ts';
import { leftBehind } from '../experiment/pending.ts';
import { isPod } from '../experiment/podcommands.ts';
import { statePlaces } from '../recording/places.ts';
import { texts } from '../tui/words/words.ts';
import type { CommonFlags } from './flags.ts';
import { agrees } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export async function offerRecovery(flags: CommonFlags, surroundings: Surroundings): Promise<void> {
  if (!flags.input || flags.json || !hasTerminal(surroundings)) return tellLeftovers(surroundings);
  const { stdin, stderr } = surroundings;
  if (!sayLeft(surroundings)) return;
  const question = texts().questions.putBack;
  if (!(await agrees({ question, input: stdin, output: stderr }))) return;
  const { recover } = await import('./recover.ts');
  await recover(flags, surroundings);
}

/** For a start that changes nothing, or where nobody can answer. */
export function tellLeftovers(surroundings: Surroundings): void {
  if (sayLeft(surroundings)) surroundings.stderr.write(`${texts().questions.finish}\n`);
}

function sayLeft({ stderr, env }: Surroundings): boolean {
  const left = leftBehind(statePlaces(env).pending);
  for (const { unit, master, fault, startedAt } of left) {
    const said = texts().questions;
    const isLeft = isPod(unit) || isNamespace(unit);
    const line = isLeft
      ? said.left(startedAt, unit, master)
      : said.cutShort(startedAt, `${fault} ${unit}`, master);
    stderr.write(`${line}\n`);
  }
  return left.length > 0;
}
