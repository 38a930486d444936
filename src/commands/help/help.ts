// kha-lab help: a command's help, a topic, or all of it as a man page.
import { nearest } from '../../inventory/nearest.ts';
import { exits, KhaError } from '../../model/failure.ts';
import { createProgram } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';
import { reached } from './commandtree.ts';
import { manPage } from './manpage.ts';
import { topics } from './topic.ts';
import { topicLines } from './topiclines.ts';

export interface HelpFlags {
  readonly man?: boolean;
}

/** @throws KhaError `usage` for words that are neither a command nor a topic. */
export async function help(flags: HelpFlags, { stdout }: Surroundings, ...words: string[]): Promise<number> {
  stdout.write(await told(flags, words, (stdout.isTTY ? stdout.columns : 0) || 80));
  return exits.good;
}

async function told({ man }: HelpFlags, words: readonly string[], columns: number): Promise<string> {
  const program = createProgram(() => {});
  if (man) return manPage(program, await Promise.all(Object.values(topics).map((topic) => topic.load())));
  const topic = words.length === 1 ? topics[words[0] ?? ''] : undefined;
  if (topic) return `${topicLines(await topic.load(), columns).join('\n')}\n`;
  const command = reached(program, words);
  if (command === null) throw noSuchHelp(words, program.commands);
  const parts: string[] = [];
  command
    .configureOutput({ writeOut: (text) => parts.push(text), getOutHelpWidth: () => columns })
    .outputHelp();
  return parts.join('');
}

function noSuchHelp(words: readonly string[], commands: readonly { name(): string }[]): KhaError {
  const near = nearest(words.join(' '), [...Object.keys(topics), ...commands.map((one) => one.name())]);
  return new KhaError({
    code: 'usage',
    exit: exits.usage,
    message: `There is no command and no topic \`${words.join(' ')}\`.`,
    tryThis: near === null ? 'See: kha-lab --help' : `Did you mean: kha-lab help ${near}`,
  });
}
