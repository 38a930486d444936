// kha-lab init: an inventory from a few names, to be read and corrected by its owner.
import { existsSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { readInventory } from '../inventory/read.ts';
import { renderInventory } from '../inventory/render.ts';
import type { WrittenInventory } from '../inventory/schema.ts';
import { type Exit, exits, gravest, KhaError } from '../model/failure.ts';
import type { CommonFlags } from './flags.ts';
import { type FoundMaster, lookAround } from './lookaround.ts';
import { promptsFor } from './prompts.ts';
import { askLine } from './question.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export interface InitFlags extends CommonFlags {
  readonly kubeconfig?: string;
  readonly force?: boolean;
}

export async function init(
  flags: InitFlags,
  surroundings: Surroundings,
  ...words: string[]
): Promise<number> {
  const { cwd, stdout, stderr } = surroundings;
  const file = flags.inventory ?? join(cwd, 'kha-lab.yaml');
  if (existsSync(file) && !flags.force) throw exists(file);
  const named = words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const masters = named.length > 0 ? named : await askForMasters(flags, surroundings);
  const cluster = { kubeconfig: flags.kubeconfig ?? '~/.kube/config' };
  const written = { masters: masters.map(readMaster), cluster };
  write(file, written);
  const found = await lookAround(await readInventory(file), promptsFor(flags, surroundings));
  write(file, {
    cluster,
    masters: written.masters.map((master, index) => completed(master, found.masters[index])),
  });
  const failures = found.masters.flatMap(({ as, name, failure }) => {
    if (name !== null) return [];
    const why = failure ? `${failure.message} ${failure.tryThis}` : 'It says no host name.';
    return [`${why}\nUntil then, write what \`hostname\` says on ${as} as its name.`];
  });
  if (found.cluster) failures.push(`${found.cluster.message} ${found.cluster.tryThis}`);
  for (const failure of failures) stderr.write(`${failure}\n`);
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, inventory: file })}\n`);
  else stdout.write(`Wrote ${file}. Read it, then try: kha-lab check\n`);
  return gravest([
    found.cluster?.exit ?? exits.good,
    ...found.masters.map(({ name }): Exit => (name === null ? exits.unreachable : exits.good)),
  ]);
}

function write(file: string, inventory: WrittenInventory): void {
  try {
    writeFileSync(file, renderInventory(inventory), { mode: 0o644 });
  } catch (cause) {
    throw new KhaError({
      code: 'inventory-not-written',
      exit: exits.usage,
      message: `The inventory could not be written: ${(cause as Error).message}.`,
      tryThis: 'Name another place with --inventory FILE.',
      cause,
    });
  }
}

/** With its own host name, and its own API server where that answers. */
function completed(master: ReturnType<typeof readMaster>, found: FoundMaster | undefined) {
  return { ...master, name: found?.name ?? master.name, ...(found?.api && { api: found.api }) };
}

/** `root@172.16.155.158:22`, `172.16.155.158`, or a name of ~/.ssh/config. */
function readMaster(word: string) {
  const [, user, host = word, port] = /^(?:([^@]+)@)?([^:]+|\[[^\]]+\])(?::(\d+))?$/.exec(word) ?? [];
  const name = isIP(host) ? host : (host.split('.')[0] ?? host);
  return { name, ssh: { host, ...(user && { user }), ...(port && { port: Number(port) }) } };
}

async function askForMasters(flags: CommonFlags, surroundings: Surroundings): Promise<readonly string[]> {
  if (!flags.input || flags.json || !hasTerminal(surroundings)) throw noMasters();
  const question = 'Masters, as for ssh, separated by blanks (root@10.0.0.1 root@10.0.0.2): ';
  const { stdin: input, stderr: output } = surroundings;
  const answer = await askLine({ question, input, output });
  const masters = answer.split(/\s+/).filter((word) => word !== '');
  if (masters.length === 0) throw noMasters();
  return masters;
}

function noMasters(): KhaError {
  return new KhaError({
    code: 'usage',
    exit: exits.usage,
    message: 'No masters were named.',
    tryThis: 'Name them as for ssh: kha-lab init root@172.16.155.158 root@172.16.155.165',
  });
}

function exists(file: string): KhaError {
  return new KhaError({
    code: 'inventory-exists',
    exit: exits.usage,
    message: `${file} is there already.`,
    tryThis: 'Name another with --inventory FILE, or write over it with --force.',
  });
}
