// A command line read by the program's own command table, and nothing done.
import { type Command, CommanderError } from 'commander';
import { createProgram } from '../../src/commands/program.ts';
import { KhaError } from '../../src/model/failure.ts';

/** Why the program would refuse these words (without `kha-lab`); null where it would not. */
export async function refusal(words: readonly string[]): Promise<string | null> {
  const program = createProgram(() => {});
  let ran = 0;
  disarm(program, () => {
    ran++;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError || error instanceof KhaError) return error.message;
    throw error;
  }
  return ran === 1 ? null : `ran ${ran} commands`;
}

function disarm(command: Command, run: () => void): void {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  if (command.commands.length === 0 || command.registeredArguments.length > 0 || command.parent !== null)
    command.action(run);
  for (const below of command.commands) disarm(below, run);
}
