// Asks before a fault on masters that are not the sandbox's.

import type { Lab } from '../lab/format.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { FaultKind } from '../model/faultkind.ts';
import { texts } from '../tui/words/words.ts';
import type { CommonFlags } from './flags.ts';
import { agrees } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface ConsentFlags extends CommonFlags {
  readonly yes?: boolean;
}

/** What is asked for: in short, and what it does, to follow "This will". */
export interface Deed {
  readonly name: string;
  readonly does: string;
}

export function faultDeed(fault: FaultKind, component: string): Deed {
  return { name: `${fault} ${component}`, does: texts().questions.faults[fault](component) };
}

/** Everything that a lab takes away or makes, each once, in its order; empty where it only looks. */
export function labDeeds({ steps }: Pick<Lab, 'steps'>): readonly Deed[] {
  const said = texts().questions;
  const found = steps
    .flatMap(({ actions }) => actions)
    .flatMap(({ fault, ways, pod }): readonly Deed[] => [
      ...(fault ? [faultDeed(fault.kind, fault.component)] : []),
      ...(ways ? [{ name: 'apiserver', does: said.stopAsked }] : []),
      ...(pod ? [{ name: 'pod', does: said.makePod }] : []),
    ]);
  return found.filter(({ does }, index) => found.findIndex((one) => one.does === does) === index);
}

/**
 * @param wanted at least one deed; nothing is asked for none.
 * @throws KhaError `needs-yes` (exit 2) where nobody can be asked; `declined` (exit 2) when the answer is no.
 */
export async function consent(
  wanted: readonly Deed[],
  flags: ConsentFlags,
  surroundings: Surroundings,
): Promise<void> {
  if (flags.yes || wanted.length === 0) return;
  const { inventory = 'kha-lab.yaml' } = flags;
  if (!flags.input || flags.json || !hasTerminal(surroundings)) {
    throw new KhaError({
      code: 'needs-yes',
      exit: exits.usage,
      message: `A fault (${wanted.map(({ name }) => name).join(', ')}) on the masters of ${inventory} needs somebody's word, and nobody can be asked here.`,
      tryThis: 'Give it with --yes, or look first with --dry-run.',
    });
  }
  const { stdin, stderr } = surroundings;
  const { willDo, goOn } = texts().questions;
  const question = `${willDo(listed(wanted.map(({ does }) => does)), inventory)}${goOn}`;
  if (await agrees({ question, input: stdin, output: stderr })) return;
  throw new KhaError({
    code: 'declined',
    exit: exits.usage,
    message: 'Nothing was done.',
    tryThis: 'See what would be done with --dry-run.',
  });
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${texts().questions.and} ${words.at(-1)}`;
}
