// The part of the command table that works on recordings: replay, demo, report, compare, publish, runs.
import { type Command, Option } from 'commander';
import { age, count, factor, share, withCommonFlags, withScreenFlags } from './flags.ts';
import type { Run } from './program.ts';

export interface Table {
  /** Adds a command that takes the common flags. */
  command(name: string, description: string): Command;
  /** What a command does, loaded when it is asked for. */
  does<Flags>(load: () => Promise<Run<Flags>>): (...given: unknown[]) => Promise<void>;
}

const formatOption = () =>
  new Option('--format <format>', 'in which format').choices([
    ...['json', 'csv', 'junit', 'openmetrics', 'prometheus-textfile'],
    ...['markdown', 'asciicast', 'asciicast-v2', 'svg'],
  ]);

export function addRecordingCommands({ command, does }: Table): void {
  withScreenFlags(command('replay', 'a recording, in the same screens'))
    .argument('<file>')
    .option('--speed <factor>', 'how fast', factor, 1)
    .action(does(async () => (await import('./replay.ts')).replay));
  withScreenFlags(command('demo', 'a recorded handover, in the same screens; nothing to set up'))
    .option('--speed <factor>', 'how fast', factor, 2)
    .action(does(async () => (await import('./demo.ts')).demo));
  command('report', 'what recordings come to: verdict, rounds, a picture beside the rules')
    .argument('<recordings...>', 'files, or folders of them')
    .option('--html <file>', 'as one file that opens anywhere, offline')
    .option('--svg <folder>', 'each picture as a file of its own')
    .addOption(formatOption())
    .option('--out <file>', 'where what has a format goes (default: standard output)')
    .action(does(async () => (await import('./report.ts')).report));
  command('compare', 'two sets of recordings, before and after a change: slower or faster, and how sure')
    .argument('<before>', 'a file, or a folder of them')
    .argument('<after>', 'a file, or a folder of them')
    .option('--fail-if-slower <share>', 'exit 1 when the median grew by more than this, as 10%', share)
    .option('--html <file>', 'as one file that opens anywhere, offline')
    .option(
      '--svg <file>',
      'as one picture: both sides over the rules, how many were over by when, the difference',
    )
    .option('--seed <n>', 'of the sets drawn for intervals', count, 1)
    .action(does(async () => (await import('./compare.ts')).compare));
  command('publish', 'recordings in the formats of pipelines, dashboards, spreadsheets and players')
    .argument('<recordings...>', 'files')
    .addOption(formatOption().makeOptionMandatory())
    .option('--out <file>', 'write it there, whole or not at all (default: standard output)')
    .action(does(async () => (await import('./publish.ts')).publish));
  const runs = command('runs', 'what was recorded: when, what, rounds, verdict, size, path').action(
    does(async () => (await import('./runs.ts')).runs),
  );
  withCommonFlags(runs.command('prune'))
    .description('take old recordings away; asks first')
    .option('--older-than <age>', 'those older than 30d, 2w, 12h', age)
    .option('--keep <n>', 'all but the newest n', count)
    .option('--yes', 'do not ask')
    .action(does(async () => (await import('./runsprune.ts')).runsPrune));
}
