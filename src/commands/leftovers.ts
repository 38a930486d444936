// Says at every start when an interrupted run left something, and offers to put it back where somebody can answer.
import { isNamespace } from '../experiment/canarynote.ts';
import { leftBehind } from '../experiment/pending.ts';
import { isPod } from '../experiment/podcommands.ts';
import { statePlaces } from '../recording/places.ts';
import type { CommonFlags } from './flags.ts';
import { askLine } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export async function offerRecovery(flags: CommonFlags, surroundings: Surroundings): Promise<void> {
  if (!flags.input || flags.json || !hasTerminal(surroundings)) return tellLeftovers(surroundings);
  const { stdin, stderr } = surroundings;
  if (!sayLeft(surroundings)) return;
  const question = 'Put it back and check it now? [yes/no] ';
  const answer = await askLine({ question, input: stdin, output: stderr });
  if (!/^y(es)?$/i.test(answer)) return;
  const { recover } = await import('./recover.ts');
  await recover(flags, surroundings);
}

/** For a start that changes nothing, or where nobody can answer. */
export function tellLeftovers(surroundings: Surroundings): void {
  if (sayLeft(surroundings)) surroundings.stderr.write('Finish it with: kha-lab recover\n');
}

function sayLeft({ stderr, env }: Surroundings): boolean {
  const left = leftBehind(statePlaces(env).pending);
  for (const { unit, master, fault, startedAt } of left) {
    const what = isPod(unit) || isNamespace(unit) ? 'left' : 'was interrupted after its fault';
    const which = what === 'left' ? `${unit} on ${master}` : `(${fault} ${unit} on ${master})`;
    stderr.write(`A run of ${startedAt} ${what} ${which}.\n`);
  }
  return left.length > 0;
}
