// The part of the command table that is about the command line itself: help, completion.
import { Argument, type Command } from 'commander';
import { shells } from './completion/shells.ts';
import type { Table } from './recordingcommands.ts';

/** They look at no masters, so they take none of the common flags. */
export function addOwnCommands({ program, does }: Pick<Table, 'does'> & { readonly program: Command }): void {
  program
    .command('help')
    .description('help for a command, or on a topic')
    .argument('[words...]', 'a command, or a topic')
    .option('--man', 'the man page, as its source')
    .action(does(async () => (await import('./help/help.ts')).help));
  program
    .command('completion')
    .description('what a shell needs to complete commands, flags and their values')
    .addArgument(new Argument('<shell>', 'which').choices(shells))
    .action(does(async () => (await import('./completion/completion.ts')).completion));
}
