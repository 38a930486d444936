// What a master's packet filter lets out: the table `filter` of iptables, as far as a cut of TCP needs it.
import { Refusal } from '../systemd/refusal.ts';

export interface Rule {
  /** IPv4, TCP. Left out: any. */
  readonly to?: string;
  readonly toPort?: number;
  /** As `--sport`. */
  readonly fromPort?: number;
  /** `ACCEPT`, `DROP`, `RETURN` or a chain. */
  readonly jump: string;
}

export interface Destination {
  readonly address: string;
  readonly port: number;
}

export const builtIn = ['INPUT', 'FORWARD', 'OUTPUT'] as const;
const verdicts: readonly string[] = ['ACCEPT', 'DROP', 'RETURN'];

const noSuchChain = 'iptables: No chain/target/match by that name.';
/** Words and codes are those of iptables v1.8.9 (nf_tables), Debian 12, as it was seen to answer. */
export const version = 'iptables v1.8.9 (nf_tables)';

export class Firewall {
  readonly #chains = new Map<string, Rule[]>();
  readonly #listeners: (() => void)[] = [];

  constructor() {
    this.#reset();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** As after a reboot: nothing is filtered. */
  clear(): void {
    this.#reset();
    this.#changed();
  }

  /** Whether packets of a client of this master to there vanish; its own port is none that a rule names. */
  drops(destination: Destination): boolean {
    return this.#verdict('OUTPUT', destination) === 'DROP';
  }

  names(): string[] {
    return [...this.#chains.keys()];
  }

  rules(chain: string): readonly Rule[] {
    return this.#rulesOf(
      chain,
      `${version}: chain \`${chain}' in table \`filter' is incompatible, use 'nft' tool.`,
    );
  }

  add(chain: string): void {
    if (this.#chains.has(chain)) throw new Refusal('iptables: Chain already exists.');
    this.#chains.set(chain, []);
    this.#changed();
  }

  remove(chain: string): void {
    const rules = this.#rulesOf(chain);
    if (isBuiltIn(chain) || rules.length > 0 || this.#isReferred(chain))
      throw new Refusal(`${version}:  CHAIN_DEL failed (Device or resource busy): chain ${chain}`, 4);
    this.#chains.delete(chain);
    this.#changed();
  }

  flush(chain: string): void {
    this.#rulesOf(chain).length = 0;
    this.#changed();
  }

  /** `at` counts from 1; one behind the last appends. */
  insert(chain: string, rule: Rule, at: number): void {
    this.#expectTarget(rule);
    const rules = this.#rulesOf(chain);
    if (at > rules.length + 1) throw new Refusal('iptables: Index of insertion too big.');
    rules.splice(at - 1, 0, rule);
    this.#changed();
  }

  append(chain: string, rule: Rule): void {
    this.#expectTarget(rule);
    this.#rulesOf(chain).push(rule);
    this.#changed();
  }

  /** The place of the first rule that is equal, from 0. */
  find(chain: string, rule: Rule): number {
    this.#expectTarget(rule);
    const wanted = keyOf(rule);
    const at = this.#rulesOf(chain).findIndex((one) => keyOf(one) === wanted);
    if (at < 0) throw new Refusal('iptables: Bad rule (does a matching rule exist in that chain?).');
    return at;
  }

  delete(chain: string, rule: Rule): void {
    this.#rulesOf(chain).splice(this.find(chain, rule), 1);
    this.#changed();
  }

  /** The rule at a place, counted from 1. */
  deleteAt(chain: string, at: number): void {
    const rules = this.#rulesOf(chain);
    if (at > rules.length) throw new Refusal('iptables: Index of deletion too big.');
    rules.splice(at - 1, 1);
    this.#changed();
  }

  #verdict(chain: string, destination: Destination): string | null {
    for (const rule of this.#chains.get(chain) ?? []) {
      if (rule.to !== undefined && rule.to !== destination.address) continue;
      if (rule.toPort !== undefined && rule.toPort !== destination.port) continue;
      if (rule.fromPort !== undefined) continue;
      if (rule.jump === 'RETURN') return null;
      const verdict = verdicts.includes(rule.jump) ? rule.jump : this.#verdict(rule.jump, destination);
      if (verdict !== null) return verdict;
    }
    return null;
  }

  #rulesOf(chain: string, missing = noSuchChain): Rule[] {
    const rules = this.#chains.get(chain);
    if (!rules) throw new Refusal(missing);
    return rules;
  }

  #expectTarget({ jump }: Rule): void {
    if (verdicts.includes(jump) || (this.#chains.has(jump) && !isBuiltIn(jump))) return;
    throw new Refusal(
      `${version}: Chain '${jump}' does not exist\nTry \`iptables -h' or 'iptables --help' for more information.`,
      2,
    );
  }

  #isReferred(chain: string): boolean {
    return [...this.#chains.values()].some((rules) => rules.some(({ jump }) => jump === chain));
  }

  #reset(): void {
    this.#chains.clear();
    for (const name of builtIn) this.#chains.set(name, []);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

export function isBuiltIn(chain: string): boolean {
  return builtIn.some((name) => name === chain);
}

function keyOf({ to, toPort, fromPort, jump }: Rule): string {
  return [to ?? '', toPort ?? '', fromPort ?? '', jump].join(' ');
}
