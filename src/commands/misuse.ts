// A command line that is wrong: a failure like any other, with the help of the command that it was meant for.
import type { Command, CommanderError } from 'commander';
import { exits, KhaError } from '../model/failure.ts';

/** @param called the command as it is typed: `kha-lab labs new` */
export function tellMisuse(command: Command, called: string): void {
  command.exitOverride((error) => {
    throw misuse(error, command, called);
  });
  for (const one of command.commands) tellMisuse(one, `${called} ${one.name()}`);
}

function misuse(error: CommanderError, { commands }: Command, called: string): Error {
  // Help and version were asked for.
  if (error.exitCode === 0) return error;
  const names = commands.map((one) => one.name()).join(', ');
  const message =
    error.code === 'commander.help'
      ? `${called} needs one of its commands: ${names}.`
      : error.message.replace(/^error: /, '');
  return new KhaError({
    code: 'usage',
    exit: exits.usage,
    message,
    tryThis: `See: ${called} --help`,
    cause: error,
  });
}
