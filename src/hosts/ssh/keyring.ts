// Passphrases typed during this run, so that each is asked for once; kept in memory alone.
import type { Prompts } from '../prompts.ts';

export interface KeyRing {
  /** The passphrase of a key file that was typed before, or is typed now; `null` when nobody gives one. */
  passphrase(file: string, attempt: number): Promise<string | null>;
  /** Says that a passphrase opened the file: it is used again. */
  keep(file: string, passphrase: string): void;
}

export function newKeyRing(prompts: Prompts | null): KeyRing {
  const kept = new Map<string, string>();
  return {
    async passphrase(file, attempt) {
      const known = kept.get(file);
      if (known !== undefined || prompts === null) return known ?? null;
      const again = attempt === 0 ? '' : 'That was not it. ';
      return prompts.secret(`${again}Passphrase for the key ${file}:`);
    },
    keep(file, passphrase) {
      kept.set(file, passphrase);
    },
  };
}
