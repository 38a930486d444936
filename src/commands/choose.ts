// Which masters a command is for: the inventory named, the one that lies here, or a sandbox made for this run.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '../inventory/inventory.ts';
import { exits, KhaError } from '../model/failure.ts';
import { texts } from '../tui/words/words.ts';
import type { CommonFlags } from './flags.ts';
import { type SandboxShape, sandboxOnly, shapeOf } from './sandboxflags.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

/** What a sandbox may be asked for through a command's own flags. */
export type ChoosingFlags = CommonFlags & SandboxShape & { readonly lock?: 'endpoints' | 'leases' };

export interface Chosen {
  readonly inventory: Inventory;
  /** The inventory's file, or `sandbox`. */
  readonly target: string;
  /** Ends the sandbox, if one was made. */
  close(): Promise<void>;
}

/** Whether the command will run on a sandbox of its own; known before anything is started. */
export function wantsSandbox(flags: CommonFlags, { cwd }: Surroundings): boolean {
  return Boolean(flags.sandbox) || (flags.inventory === undefined && !existsSync(join(cwd, 'kha-lab.yaml')));
}

/** What a run's first screen waits for. */
export function awaited(flags: ChoosingFlags, surroundings: Surroundings): string {
  const { sandbox, inventory } = texts().awaited;
  return wantsSandbox(flags, surroundings)
    ? sandbox(flags.masters ?? 2)
    : inventory(flags.inventory ?? 'kha-lab.yaml');
}

/**
 * The masters to work on.
 * @throws KhaError `no-inventory` (exit 2) without an inventory, a terminal or `--sandbox`: a pipeline must not be green on a toy.
 */
export async function chooseMasters(flags: ChoosingFlags, surroundings: Surroundings): Promise<Chosen> {
  if (flags.sandbox && flags.inventory !== undefined) throw both();
  const shape = shapeOf(flags);
  // Loaded when it is needed: schemas and YAML are heavy, and screens open without them.
  const reading = import('../inventory/read.ts');
  if (!wantsSandbox(flags, surroundings)) {
    const misplaced = sandboxOnly(flags);
    if (misplaced !== null) throw notOnReal(misplaced);
    const file = flags.inventory ?? 'kha-lab.yaml';
    return { inventory: await (await reading).readInventory(file), target: file, close: async () => {} };
  }
  if (!flags.sandbox && !hasTerminal(surroundings)) throw noInventory();
  const { startSandbox } = await import('../sandbox/up.ts');
  const sandbox = await startSandbox({ lock: flags.lock ?? 'endpoints', ...shape });
  try {
    const inventory = await (await reading).readInventory(sandbox.inventoryFile);
    return { inventory, target: 'sandbox', close: () => sandbox.down() };
  } catch (error) {
    await sandbox.down();
    throw error;
  }
}

/** How many masters a sandbox has, as a sentence says it. */
export function inWords(masters = 2): string {
  return ['two', 'three', 'four', 'five'][masters - 2] ?? String(masters);
}

function notOnReal(flag: string): KhaError {
  return new KhaError({
    code: 'usage',
    exit: exits.usage,
    message: `${flag} shapes a sandbox, and these masters are real.`,
    tryThis: 'Leave it out, or ask for the sandbox with --sandbox.',
  });
}

function noInventory(): KhaError {
  return new KhaError({
    code: 'no-inventory',
    exit: exits.usage,
    message: 'There is no kha-lab.yaml here and no terminal to show the sandbox on.',
    tryThis: 'Name your masters with --inventory FILE, or ask for the sandbox with --sandbox.',
  });
}

function both(): KhaError {
  return new KhaError({
    code: 'usage',
    exit: exits.usage,
    message: '--sandbox and --inventory name two different sets of masters.',
    tryThis: 'Use one of them.',
  });
}
