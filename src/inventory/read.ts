// Reads kha-lab.yaml: text to inventory, or one KhaError that names the first mistake and its place.
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { exits, KhaError } from '../model/failure.ts';
import type { Inventory } from './inventory.ts';
import { knownKeys } from './knownkeys.ts';
import { describeMistakes, type Mistake, mistakesOf } from './mistakes.ts';
import { resolveInventory } from './resolve.ts';
import { inventoryJsonSchema, inventorySchema, type ParsedInventory } from './schema.ts';
import { ownSurroundings, type Surroundings } from './surroundings.ts';

function badInventory(message: string, cause?: unknown): KhaError {
  return new KhaError({
    code: 'bad-inventory',
    exit: exits.usage,
    message,
    tryThis: 'Correct the file, or make a new one with "kha-lab init".',
    cause,
  });
}

/** Checks the text of an inventory; `file` is for messages. Throws `bad-inventory` (exit 2). */
export function parseInventory(text: string, file: string): ParsedInventory {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax: readonly Mistake[] = document.errors.map((error) => ({
    offset: error.pos[0],
    sentence: `not valid YAML: ${error.message}`,
  }));
  if (syntax.length > 0) throw badInventory(describeMistakes(syntax, file, lines));
  const root: unknown = document.toJS({ maxAliasCount: 100 });
  if (root === null || root === undefined) throw badInventory(`${file} is empty`);
  const parsed = inventorySchema.safeParse(root);
  if (parsed.success) return parsed.data;
  const schema = inventoryJsonSchema();
  const written = { document, root, keysAt: (path: readonly PropertyKey[]) => knownKeys(schema, path) };
  const mistakes = parsed.error.issues.flatMap((issue) => mistakesOf(issue, written));
  throw badInventory(describeMistakes(mistakes, file, lines));
}

/**
 * The inventory in `file`, with `~` expanded, ssh_config looked up and defaults filled in.
 * Throws KhaError: `bad-inventory`, `inventory-missing`, `bad-ssh-config`, `ssh-config-unsupported` (all exit 2).
 */
export async function readInventory(
  file: string,
  surroundings: Surroundings = ownSurroundings(),
): Promise<Inventory> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new KhaError({
      code: missing ? 'inventory-missing' : 'bad-inventory',
      exit: exits.usage,
      message: missing
        ? `There is no inventory ${file}.`
        : `The inventory ${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      tryThis: 'Make one with "kha-lab init", or name another with --inventory FILE.',
      cause,
    });
  }
  return resolveInventory(parseInventory(text, file), file, surroundings);
}
