// The man page kha-lab(1), drawn from the command table and the topics of help.
import { Command, Help, type Option } from 'commander';
import { version } from '../../version.ts';
import { withCommonFlags } from '../flags.ts';
import { withSandboxFlags } from '../sandboxflags.ts';
import { argumentName, type Listed, listed } from './commandtree.ts';
import { bold, literal, paragraph, roff, section, subsection, tagged } from './roff.ts';
import type { Topic } from './topic.ts';

/** Flags that many commands take are told once: by their words, so that another meaning is told where it is. */
const groups = [
  { title: 'Common options', also: null, options: withCommonFlags(new Command()).options },
  {
    title: 'Options of a sandbox',
    also: 'Also the options of a sandbox.',
    options: withSandboxFlags(new Command()).options,
  },
];

const words = new Help();

export function manPage(program: Command, topics: readonly Topic[]): string {
  const [own, ...commands] = listed(program);
  return [
    `.TH KHA\\-LAB 1 "" ${roff(`"kha-lab ${version}"`)} "User Commands"`,
    section('Name'),
    `kha\\-lab \\- ${roff(firstWords(own?.description ?? ''))}`,
    section('Synopsis'),
    `${bold('kha-lab')} [\\fIcommand\\fR] [\\fIoptions\\fR]`,
    section('Description'),
    roff(own?.description ?? ''),
    paragraph('Without a command: the guided lab, on a sandbox made for it.'),
    paragraph('Durations are written like 20s, 1m30s or 500ms.'),
    section('Commands'),
    ...commands.flatMap(commandPart),
    ...groups.flatMap(({ title, options }) => [section(title), ...options.map(optionPart)]),
    ...topics.flatMap(topicPart),
    section('See also'),
    `${bold('kubectl')}(1), ${bold('systemctl')}(1), ${bold('ssh_config')}(5)`,
    '',
  ].join('\n');
}

/** A man page's name line is short. */
const firstWords = (text: string) => text.replace(/[:.].*$/s, '');

function commandPart(command: Listed): readonly string[] {
  const { below, options } = command;
  const shared = groups.map((group) => ({
    ...group,
    taken: options.some((one) => isIn(group.options, one)),
  }));
  const rest = options.filter(
    (one) => one.long !== '--help' && !groups.some((group) => isIn(group.options, one)),
  );
  return [
    subsection(synopsis(command)),
    roff(sentence(command.description)),
    ...command.arguments
      .filter((one) => one.description !== '')
      .map((one) => tagged(argumentName(one), words.argumentDescription(one))),
    ...rest.map(optionPart),
    ...(below.length > 0 ? [paragraph(`Its commands: ${below.join(', ')}.`)] : []),
    ...shared.flatMap(({ also, taken }) => (also !== null && taken ? [paragraph(also)] : [])),
  ];
}

const isIn = (options: readonly Option[], option: Option) =>
  options.some(({ flags, description }) => flags === option.flags && description === option.description);

const synopsis = (command: Listed) =>
  ['kha-lab', ...command.words, ...command.arguments.map(argumentName)].join(' ');

const optionPart = (option: Option) => tagged(option.flags, words.optionDescription(option));

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;

function topicPart({ title, says, example, entries }: Topic): readonly string[] {
  return [
    section(title),
    ...says.map(paragraph),
    ...(example === undefined ? [] : [literal(example)]),
    ...entries.map(({ term, means }) => tagged(term, means)),
  ];
}
