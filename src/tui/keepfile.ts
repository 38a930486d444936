// The commands of a run as a file in the working folder, where whoever sits here finds it.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { texts } from './words/words.ts';

export const commandsFile = 'kha-lab-commands.txt';

/** Writes the text, in place of an earlier one; what became of it, in a sentence. Never throws. */
export function keepCommands(text: string, folder = process.cwd()): string {
  const file = resolve(folder, commandsFile);
  try {
    writeFileSync(file, text);
    return texts().commands.written(file);
  } catch (error) {
    return texts().commands.notWritten(error instanceof Error ? error.message : String(error));
  }
}
