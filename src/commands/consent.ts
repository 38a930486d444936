// Asks before a fault on masters that are not the sandbox's.
import { exits, KhaError } from '../model/failure.ts';
import type { FaultKind } from '../model/faultkind.ts';
import type { CommonFlags } from './flags.ts';
import { askLine } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface ConsentFlags extends CommonFlags {
  readonly yes?: boolean;
  readonly component: string;
  readonly fault: FaultKind;
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

/** @throws KhaError `needs-yes` (exit 2) where nobody can be asked; `declined` (exit 2) when the answer is no. */
export async function consent(flags: ConsentFlags, surroundings: Surroundings): Promise<void> {
  if (flags.yes) return;
  const { component, fault, inventory = 'kha-lab.yaml' } = flags;
  if (!flags.input || flags.json || !hasTerminal(surroundings)) {
    throw new KhaError({
      code: 'needs-yes',
      exit: exits.usage,
      message: `A fault (${fault} ${component}) on the masters of ${inventory} needs somebody's word, and nobody can be asked here.`,
      tryThis: 'Give it with --yes, or look first with --dry-run.',
    });
  }
  const { stdin, stderr } = surroundings;
  const what = deeds[fault](component);
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
