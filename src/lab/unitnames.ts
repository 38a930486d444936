// What a lab's texts can say of the masters' units: what differs and why that counts, which ports are open, what is published.
import { masterDifferenceWords } from '../model/unitflags/between.ts';
import { differenceWords } from '../model/unitflags/compare.ts';
import type { Telling } from './telling.ts';
import { dangersSeen, differencesSeen, unitsSeen } from './unitsseen.ts';
import { listed } from './who.ts';
import { wordsIn } from './words/words.ts';

type Value = (telling: Telling) => string | null;

/** `unit-differences`, `open-ports`: markdown lists, null where there is nothing to list. */
export const ofUnits: Readonly<Record<string, Value>> = {
  'unit-differences': (telling) =>
    list(
      differencesSeen(telling, unitWords(telling))?.map(
        (one) => `**${one.component}** \`${masterDifferenceWords(one, unitWords(telling))}\`: ${one.why}`,
      ),
    ),
  'open-ports': (telling) =>
    list(
      dangersSeen(telling, unitWords(telling))?.map(
        (one) =>
          `${wordsIn(telling.lab).onMaster(one.component, one.master)}, \`${differenceWords(one, unitWords(telling))}\`: ${one.why}`,
      ),
    ),
  published: (telling) =>
    listed(
      (unitsSeen(telling) ?? []).flatMap(({ master, component, flags }) => {
        const address = component === 'kube-apiserver' ? flags.get('advertise-address') : undefined;
        return address === undefined ? [] : [`${address} (${master})`];
      }),
      wordsIn(telling.lab).and,
    ) || null,
};

const unitWords = ({ lab }: Telling) => wordsIn(lab).units;

function list(entries: readonly string[] | undefined): string | null {
  return entries?.map((entry) => `- ${entry}.`).join('\n') || null;
}
