// A word that is neither a command nor a lab: most likely a command that was misspelt.
import { nearest } from '../inventory/nearest.ts';
import { exits, KhaError } from '../model/failure.ts';

/** The same failure, told about commands where a bare word was taken for a lab's name. */
export function aboutCommands(error: unknown, word: string, commands: readonly string[]): unknown {
  if (!(error instanceof KhaError) || error.code !== 'no-such-lab') return error;
  if (commands.includes(word))
    return new KhaError({
      code: 'usage',
      exit: exits.usage,
      message: `The flags before \`${word}\` made it the name of a lab.`,
      tryThis: `Write them after it: kha-lab ${word} …`,
      cause: error,
    });
  const near = nearest(word, commands);
  return new KhaError({
    code: near ? 'usage' : error.code,
    exit: exits.usage,
    message: near ? `There is no command \`${word}\`.` : `There is no command and no lab \`${word}\`.`,
    tryThis: near ? `Did you mean: kha-lab ${near}` : `${error.tryThis} The commands: kha-lab --help`,
    cause: error,
  });
}
