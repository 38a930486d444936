// Asks before a fault on masters that are not the sandbox's.

import type { Lab } from '../lab/format.ts';
import { exits, KhaError } from '../model/failure.ts';
import type { FaultKind } from '../model/faultkind.ts';
import type { CommonFlags } from './flags.ts';
import { askLine } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface ConsentFlags extends CommonFlags {
  readonly yes?: boolean;
}

/** What is asked for: in short, and what it does, to follow "This will". */
export interface Deed {
  readonly name: string;
  readonly does: string;
}

/** What each fault does, to follow "This will". */
const deeds: Readonly<Record<FaultKind, (component: string) => string>> = {
  stop: (component) => `stop ${component}`,
  kill: (component) => `kill ${component}`,
  freeze: (component) => `freeze ${component}`,
  zombie: (component) => `freeze ${component}, and stop it once its successor leads`,
  apiserver: (component) => `stop an API server that ${component} needs`,
  cut: (component) => `cut a master that runs ${component} off from every API server and store`,
  etcd: () => 'stop etcd, without which nobody can lead',
};

export function faultDeed(fault: FaultKind, component: string): Deed {
  return { name: `${fault} ${component}`, does: deeds[fault](component) };
}

/** Everything that a lab takes away or makes, each once, in its order; empty where it only looks. */
export function labDeeds({ steps }: Pick<Lab, 'steps'>): readonly Deed[] {
  const found = steps
    .flatMap(({ actions }) => actions)
    .flatMap(({ fault, ways, pod }): readonly Deed[] => [
      ...(fault ? [faultDeed(fault.kind, fault.component)] : []),
      ...(ways ? [{ name: 'apiserver', does: 'stop an API server that clients ask' }] : []),
      ...(pod ? [{ name: 'pod', does: 'make a pod' }] : []),
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
  const what = listed(wanted.map(({ does }) => does));
  const question = `This will ${what}, on masters of ${inventory}, and put it back (see --dry-run). Go on? [yes/no] `;
  const answer = await askLine({ question, input: stdin, output: stderr });
  if (/^y(es)?$/i.test(answer)) return;
  throw new KhaError({
    code: 'declined',
    exit: exits.usage,
    message: 'Nothing was done.',
    tryThis: 'See what would be done with --dry-run.',
  });
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
