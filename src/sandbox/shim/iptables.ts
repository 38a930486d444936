// `iptables` on a sandbox's master: chains and rules that let TCP vanish, in the real tool's words; nothing else of it.
import { isIPv4 } from 'node:net';
import { builtIn, type Firewall, isBuiltIn, type Rule, version } from '../network/firewall.ts';
import { Refusal } from '../systemd/refusal.ts';
import type { ShimProgram } from './call.ts';

export function iptables(firewall: Firewall): ShimProgram {
  return async ({ args, out }) => {
    const words = withoutWait(args);
    const [first = '', chain, ...rest] = words;
    if (first === '-V' || first === '--version') out(`${version}\n`);
    else if (first === '-S' || first === '--list-rules') list(firewall, chain, out);
    else {
      const verb = verbs[longVerbs.get(first) ?? (/^-[A-Z]$/.test(first) ? first.slice(1) : '')];
      if (!verb || chain === undefined || chain.startsWith('-')) throw unknown(words);
      verb(firewall, chain, rest);
    }
    return 0;
  };
}

/** `-w` and `-w 5`: nobody else holds the lock here. */
function withoutWait(args: readonly string[]): string[] {
  const at = args.findIndex((word) => word === '-w' || word === '--wait');
  if (at < 0) return [...args];
  return args.filter((word, index) => index !== at && !(index === at + 1 && /^\d+$/.test(word)));
}

type Verb = (firewall: Firewall, chain: string, rest: readonly string[]) => void;

/** Of a whole chain: nothing may follow its name. */
const ofChain =
  (verb: (firewall: Firewall, chain: string) => void): Verb =>
  (firewall, chain, rest) => {
    if (rest.length > 0) throw unknown(rest);
    verb(firewall, chain);
  };

const verbs: Readonly<Record<string, Verb>> = {
  N: ofChain((firewall, chain) => {
    if (chain.length > 28) throw parameter(`chain name \`${chain}' too long (must be under 29 chars)`);
    firewall.add(chain);
  }),
  X: ofChain((firewall, chain) => firewall.remove(chain)),
  F: ofChain((firewall, chain) => firewall.flush(chain)),
  A: (firewall, chain, rest) => firewall.append(chain, readRule(rest)),
  D: (firewall, chain, rest) => {
    if (rest.length === 1 && isPlace(rest[0])) firewall.deleteAt(chain, Number(rest[0]));
    else firewall.delete(chain, readRule(rest));
  },
  C: (firewall, chain, rest) => void firewall.find(chain, readRule(rest)),
  I: (firewall, chain, rest) => {
    const numbered = isPlace(rest[0]);
    firewall.insert(chain, readRule(numbered ? rest.slice(1) : rest), numbered ? Number(rest[0]) : 1);
  },
};

function isPlace(word = ''): boolean {
  return /^[1-9]\d*$/.test(word);
}

const longVerbs: ReadonlyMap<string, string> = new Map([
  ['--new-chain', 'N'],
  ['--delete-chain', 'X'],
  ['--flush', 'F'],
  ['--append', 'A'],
  ['--delete', 'D'],
  ['--check', 'C'],
  ['--insert', 'I'],
]);

function readRule(words: readonly string[]): Rule {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at += 2) {
    const [option = '', value] = words.slice(at, at + 2);
    // `-m tcp` says what `-p tcp` has said.
    if (option === '-m' && value === 'tcp') continue;
    const known = longNames.get(option) ?? option;
    if (value === undefined || !ruleOptions.has(known) || given.has(known)) throw unknown(words);
    given.set(known, value);
  }
  const protocol = given.get('-p');
  if (protocol !== undefined && protocol !== 'tcp') throw unknown(words);
  if (protocol === undefined)
    for (const port of ['--dport', '--sport'])
      if (given.has(port)) throw parameter(`unknown option "${port}"`);
  const to = given.get('-d')?.replace(/\/32$/, '');
  if (to !== undefined && !isIPv4(to)) throw parameter(`host/network \`${to}' not found`);
  const jump = given.get('-j');
  // Without a target it would only count, and TCP without any port is more than a cut of ours may hold.
  if (jump === undefined) throw unknown(words);
  return {
    ...(to !== undefined && { to }),
    ...readPort('toPort', given.get('--dport')),
    ...readPort('fromPort', given.get('--sport')),
    jump,
  };
}

const ruleOptions = new Set(['-p', '-d', '--dport', '--sport', '-j']);
const longNames: ReadonlyMap<string, string> = new Map([
  ['--protocol', '-p'],
  ['--destination', '-d'],
  ['--jump', '-j'],
  ['--destination-port', '--dport'],
  ['--source-port', '--sport'],
]);

function readPort(name: 'toPort' | 'fromPort', text: string | undefined): Partial<Rule> {
  if (text === undefined) return {};
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw parameter(`invalid port/service \`${text}' specified`);
  return { [name]: port };
}

function list(firewall: Firewall, chain: string | undefined, out: (text: string) => void): void {
  const names = chain === undefined ? firewall.names() : [chain];
  const rules = names.map((name) => [name, firewall.rules(name)] as const);
  for (const [name] of rules) out(isBuiltIn(name) ? `-P ${name} ACCEPT\n` : `-N ${name}\n`);
  const ordered = [...rules].sort(([a], [b]) => Number(isBuiltIn(b)) - Number(isBuiltIn(a)));
  for (const [name, each] of ordered) for (const rule of each) out(`-A ${name} ${written(rule)}\n`);
}

function written({ to, toPort, fromPort, jump }: Rule): string {
  return [
    ...(to === undefined ? [] : [`-d ${to}/32`]),
    ...(toPort === undefined && fromPort === undefined ? [] : ['-p tcp -m tcp']),
    ...(fromPort === undefined ? [] : [`--sport ${fromPort}`]),
    ...(toPort === undefined ? [] : [`--dport ${toPort}`]),
    `-j ${jump}`,
  ].join(' ');
}

function parameter(what: string): Refusal {
  return new Refusal(`${version}: ${what}\nTry \`iptables -h' or 'iptables --help' for more information.`, 2);
}

function unknown(words: readonly string[]): Refusal {
  const known = `-N, -X, -F, -A, -I, -D, -C and -S with -p tcp, -d, --dport, --sport and -j, on ${builtIn.join(', ')} and chains of one's own`;
  return new Refusal(`iptables: a sandbox's master knows ${known}; not: ${words.join(' ').trim()}`, 2);
}
