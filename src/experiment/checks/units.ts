// What is checked of the masters' units beside each other: that they agree where they should.
import type { Instance } from '../../components/instance.ts';
import { flagsOf } from '../../model/goflags.ts';
import { knownMinors, minorOf } from '../../model/kubeversion.ts';
import { betweenMasters, masterDifferenceWords } from '../../model/unitflags/between.ts';
import { unitComponents } from '../../model/unitflags/table.ts';
import { bad, good, type Question } from './check.ts';

export interface MasterInstances {
  readonly name: string;
  readonly instances: readonly Pick<Instance, 'component' | 'argv'>[];
}

/** `version` is what the API servers run; null where none said it: then the newest's defaults count. */
export const unitsAgree = (masters: readonly MasterInstances[], version: string | null): Question => ({
  id: 'units-agree',
  title: "the masters' units agree",
  async ask() {
    const minor = Math.min(minorOf(version) ?? knownMinors.last, knownMinors.last);
    const units = masters.flatMap(({ name, instances }) =>
      unitComponents.flatMap((component) => {
        const found = instances.find((one) => one.component === component);
        return found ? [{ master: name, component, flags: flagsOf(found.argv), minor }] : [];
      }),
    );
    const [first, ...more] = betweenMasters(units).filter(({ weight }) => weight !== 'harmless');
    if (!first) return good('what should be the same on each is the same');
    const rest =
      more.length === 0 ? '' : ` Different too: ${more.map(({ flag }) => `--${flag}`).join(', ')}.`;
    return bad(
      `Of ${first.component}, ${masterDifferenceWords(first)}: ${first.why}.${rest} Look at: kha-lab units --compare`,
    );
  },
});
