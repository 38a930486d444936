// Runs one command line to its exit code, whatever happens in it.
import { CommanderError } from 'commander';
import { exits } from '../model/failure.ts';
import { tellFailure } from './ending.ts';
import { createProgram } from './program.ts';
import { realSurroundings } from './surroundings.ts';

const gone = ['EPIPE', 'EIO', 'ECONNRESET'];

export async function main(argv: readonly string[]): Promise<void> {
  const how = { json: argv.includes('--json'), verbose: argv.includes('-v') || argv.includes('--verbose') };
  // Node would print the bundle's source beside the error; a person needs the sentence and the stack.
  const crash = (error: unknown) => {
    // Whoever else listens has masters in his hands: he puts them back first, and the error comes out of his command.
    if (process.listenerCount('uncaughtException') > 1) return;
    process.exit(tellFailure(error, realSurroundings(), how));
  };
  process.on('uncaughtException', crash);
  // A pipe that nobody reads any more, a terminal that was closed, is no bug: what is under way ends by its own rules.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!gone.includes(error.code ?? '')) crash(error);
    });
  try {
    await createProgram((code) => {
      process.exitCode = code;
    }).parseAsync(argv);
  } catch (error) {
    process.exitCode = endingOf(error, how);
  }
  // Whatever a library still holds open must not keep a finished command waiting.
  setImmediate(() => process.exit());
}

function endingOf(error: unknown, how: Parameters<typeof tellFailure>[2]): number {
  // Help and version were asked for, and are no failures.
  if (error instanceof CommanderError) return exits.good;
  return tellFailure(error, realSurroundings(), how);
}
