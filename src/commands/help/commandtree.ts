// The command table as a list: every command with the words that reach it, in the order of the table.
import type { Argument, Command, Option } from 'commander';

export interface Listed {
  /** `['labs', 'new']`; none for the program itself. */
  readonly words: readonly string[];
  readonly description: string;
  readonly options: readonly Option[];
  readonly arguments: readonly Argument[];
  /** Names of the commands below it. */
  readonly below: readonly string[];
}

export function listed(command: Command, words: readonly string[] = []): readonly Listed[] {
  const own: Listed = {
    words,
    description: command.description(),
    options: [...command.createHelp().visibleOptions(command)],
    arguments: command.registeredArguments,
    below: command.commands.map((one) => one.name()),
  };
  return [own, ...command.commands.flatMap((one) => listed(one, [...words, one.name()]))];
}

/** The command that these words reach, or null. */
export function reached(program: Command, words: readonly string[]): Command | null {
  let command: Command | null = program;
  for (const word of words) command = command?.commands.find((one) => one.name() === word) ?? null;
  return command;
}

/** `<file>`, `[masters...]` */
export function argumentName(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}
