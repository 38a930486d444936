// A real unit beside the rendered one for its version: every difference, what it weighs, and why.
import type { Flags } from '../goflags.ts';
import { valueShown } from '../mask.ts';
import { harmless, type Judgement, type Look, matters, type Rule, type Weight } from './judgement.ts';
import { apiserverRules } from './ruleapiserver.ts';
import { electedRules } from './ruleelected.ts';
import { etcdRules } from './ruleetcd.ts';
import { kubeletRules, kubeProxyRules } from './rulenode.ts';
import { factsOf, isKnownIn, type UnitComponent, valueInForce } from './table.ts';
import { englishUnits, type UnitWords } from './words.ts';

export interface UnitDifference extends Judgement {
  readonly component: UnitComponent;
  readonly flag: string;
  /** As given; null where it is left out. */
  readonly found: string | null;
  readonly expected: string | null;
}

export interface RealUnit
  extends Pick<Look, 'component' | 'flags' | 'version' | 'minor' | 'masters' | 'others'> {
  /** Where else flags may come from that were not read: `/etc/default/etcd`; null: nowhere. */
  readonly elsewhere: string | null;
}

const rules: Readonly<Record<UnitComponent, Readonly<Record<string, Rule>>>> = {
  etcd: etcdRules,
  'kube-apiserver': apiserverRules,
  'kube-controller-manager': electedRules,
  'kube-scheduler': electedRules,
  kubelet: kubeletRules,
  'kube-proxy': kubeProxyRules,
};

const order: readonly Weight[] = ['danger', 'matters', 'harmless'];

/** The gravest first. What each installation has its own way (files, addresses) is no difference. */
export function againstRendered(unit: RealUnit, rendered: Flags): readonly UnitDifference[] {
  const { component, flags } = unit;
  const names = [...new Set([...flags.keys(), ...rendered.keys()])];
  return names
    .flatMap((flag) => {
      const [found, expected] = [flags.get(flag) ?? null, rendered.get(flag) ?? null];
      const judged = judge(unit, { ...unit, flag, found, expected, words: englishUnits }, rendered);
      if (judged === null) return [];
      return [{ component, flag, found: valueShown(flag, found), expected, ...judged }];
    })
    .sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

function judge(unit: RealUnit, look: Look, rendered: Flags): Judgement | null {
  const { component, flag, found, expected, minor, version, flags } = look;
  const facts = factsOf(component, flag);
  if (found !== null && isKnownIn(component, flag, minor) === false)
    return matters(
      facts?.until !== undefined && minor > facts.until
        ? `gone in 1.${facts.until + 1}: ${component} ${version} does not start with it`
        : `new in 1.${facts?.since}: ${component} ${version} does not start with it`,
    );
  const own = facts?.sort === 'own';
  const same = valueInForce(component, flag, flags, minor) === valueInForce(component, flag, rendered, minor);
  if (!own && same && !(flag === 'leader-elect' && found === null)) return null;
  const elsewhere = unit.elsewhere ?? flags.get('config') ?? flags.get('config-file') ?? null;
  if (found === null && expected !== null && elsewhere !== null)
    return harmless(`${elsewhere} may say it, which was not read`);
  const rule = rules[component][flag];
  if (rule) return rule(look);
  if (own || (facts?.sort === 'place' && found !== null)) return null;
  return generally(look, facts?.means ?? null);
}

function generally({ flag, found, expected }: Look, means: string | null): Judgement {
  if (expected === null) return harmless(means ?? 'an addition of this installation');
  if (flag === 'v' && Number(found ?? 0) < Number(expected)) return harmless(`it logs less: ${means}`);
  return harmless(means ?? 'as this installation has it');
}

/** What the unit opens to anyone without a login, whatever it is compared with. */
export function dangersOf(unit: RealUnit, words: UnitWords = englishUnits): readonly UnitDifference[] {
  const { component, flags } = unit;
  return Object.entries(rules[component]).flatMap(([flag, rule]) => {
    const found = flags.get(flag) ?? null;
    const judged = rule({ ...unit, flag, found, expected: null, words });
    return judged?.weight === 'danger' ? [{ component, flag, found, expected: null, ...judged }] : [];
  });
}

/** Of a unit that is rendered for a master and that it does not have. */
export function missingUnit(component: UnitComponent): Judgement {
  if (component === 'etcd') return harmless('the store is no unit of this master');
  if (component === 'kubelet' || component === 'kube-proxy')
    return harmless('this master is no node, or not by a unit');
  return matters('no unit of this master runs it; a static pod is not looked at');
}

/** Of the unit's `Restart=`: what dies must come back. Null: as rendered. */
export function restartJudged(component: UnitComponent, found: string | null): UnitDifference | null {
  const expected = 'on-failure';
  if (found === expected) return null;
  const judged =
    found === null || found === 'no'
      ? matters('systemd does not start it again when it dies')
      : harmless('systemd starts it again on other grounds');
  return { component, flag: 'Restart', found, expected, ...judged };
}

/** What differs, before the reason: `--apiserver-count=3, expected 2`. */
export function differenceWords(
  { flag, found, expected }: UnitDifference,
  words: UnitWords = englishUnits,
): string {
  const shown = flag === 'Restart' ? `Restart=${found ?? ''}` : `--${flag}=${found}`;
  if (flag === 'Restart') return words.expected(shown, expected ?? '');
  if (expected === null) return found === null ? words.without(`--${flag}`) : shown;
  if (found === null) return words.expected(words.without(`--${flag}`), `--${flag}=${expected}`);
  return found === expected ? shown : words.expected(shown, expected);
}
