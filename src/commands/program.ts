// The command table: every name and flag of the command line; what a command does is loaded when it is asked for.
import { Command, Option } from 'commander';
import { canaryEveryMs } from '../model/canarypace.ts';
import { faultKinds } from '../model/faultkind.ts';
import { version } from '../version.ts';
import {
  canaryPace,
  count,
  duration,
  seatName,
  wholeSeconds,
  withCommonFlags,
  withScreenFlags,
} from './flags.ts';
import { topicList } from './help/topic.ts';
import { aboutCommands } from './misspelt.ts';
import { tellMisuse } from './misuse.ts';
import { addOwnCommands } from './owncommands.ts';
import { addRecordingCommands } from './recordingcommands.ts';
import { withSandboxFlags } from './sandboxflags.ts';
import { realSurroundings } from './surroundings.ts';

/** What each command's file exports: it does the work and returns the exit code. */
export type Run<Flags> = (
  flags: Flags,
  surroundings: ReturnType<typeof realSurroundings>,
  ...words: string[]
) => Promise<number>;

const textOf = (word: unknown): string => (word === undefined ? '' : String(word));

export function createProgram(exitWith: (code: number) => void): Command {
  const program = new Command('kha-lab');
  program
    .description(
      'Build, watch and prove a highly available Kubernetes control plane: stop the leader, time the handover.',
    )
    .version(version)
    .showSuggestionAfterError()
    // Told once, as every other failure is.
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      'after',
      `\nWithout a command: the guided lab, on a sandbox made for it.\n\n${topicList()}\n`,
    )
    .helpCommand(false);

  /** Words come before the options object, as commander hands them over. */
  const does =
    <Flags>(load: () => Promise<Run<Flags>>) =>
    async (...given: unknown[]) => {
      const words = given
        .slice(0, -2)
        .flatMap((word) => (Array.isArray(word) ? word.map(String) : [textOf(word)]));
      const run = await load();
      exitWith(await run(given.at(-2) as Flags, realSurroundings(), ...words));
    };
  const command = (name: string, description: string) =>
    withCommonFlags(program.command(name, name === 'lab' ? { isDefault: true } : {})).description(
      description,
    );

  const guided = does(async () => (await import('./lab.ts')).lab);
  withScreenFlags(command('lab', 'the guided lab in the terminal'))
    .argument('[lab]', 'a lab by name or folder, or npm:PACKAGE', 'ha-masters')
    .option('--auto', 'walk through it unattended')
    .option('--junit <file>', 'with --auto: the outcome as JUnit XML as well')
    .option('--dry-run', 'show every command, touch nothing')
    .option('--yes', 'do not ask before faults on masters from an inventory, nor before a lab from elsewhere')
    .option('--fresh', 'begin at the first step instead of where you left')
    .option('--from <step>', 'begin at this step, whatever was done before')
    .option('--lang <language>', "of the lab's texts: de (default: as LANG says, where it is told in it)")
    .option('--list', 'only tell the steps, and which of them are done')
    .option('--reset', 'only forget how far you got')
    .option('--seat <name>', 'who sits here, in a class: kept apart, and named in recordings', seatName)
    .option('--record <file>', 'where the recording goes')
    .action(async (...given: unknown[]) => {
      const word = program.args.find((one) => !one.startsWith('-'));
      try {
        await guided(...given);
      } catch (error) {
        const names = program.commands.map((each) => each.name());
        // Without the word `lab` before it.
        throw word !== undefined && word === given[0] ? aboutCommands(error, word, names) : error;
      }
    });
  withSandboxFlags(command('check', 'every master and component checked')).action(
    does(async () => (await import('./check.ts')).check),
  );
  withSandboxFlags(
    withScreenFlags(
      command('watch', 'who leads, the locks and the leader-election logs, live; changes nothing'),
    ),
  )
    .option('--for <duration>', 'end after this time', duration)
    .option('--record <file>', 'keep a recording')
    .action(does(async () => (await import('./watch.ts')).watch));
  withSandboxFlags(
    withScreenFlags(command('failover', 'stop the leader, time the handover, put everything back')),
  )
    .addOption(
      new Option('--component <name>', 'whose leader')
        .choices(['kube-scheduler', 'kube-controller-manager'])
        .default('kube-scheduler'),
    )
    .option('--fault <fault>', 'what to do to it: stop, kill, freeze, zombie, apiserver, cut or etcd', 'stop')
    .option('--on <master>', 'on which master: leader, standby, or one by name', 'leader')
    .option('--hold <duration>', 'how long the fault lasts at least', duration)
    .option('--let-restart', 'after a kill, let systemd start it again: crash and restart')
    .option('--runs <n>', 'how many rounds', count, 1)
    .option('--max-handover <duration>', 'fail a round that takes longer', duration)
    .option('--record <file>', 'where the recording goes')
    .option('--seat <name>', 'who sits here, in a class: named in recordings', seatName)
    .option('--junit <file>', 'leave the rounds there as JUnit XML')
    .option('--markdown <file>', 'leave a summary there as Markdown')
    .option('--openmetrics <file>', 'leave the numbers there as OpenMetrics text')
    .option('--seed <n>', 'of the random waits', count)
    .option('--allow-not-enabled', 'also for a unit that a reboot would not bring back')
    .addOption(
      new Option('--canary-every <duration>', 'how far apart the canaries are that show the outage')
        .argParser(canaryPace)
        .default(canaryEveryMs.usual, '200ms'),
    )
    .option('--no-canary', 'make no canaries: the outage is then not measured')
    .option('--dry-run', 'print the exact commands, the way back included, and do nothing')
    .option('--yes', 'do not ask before the fault')
    .addOption(
      new Option('--lock <kind>', 'of the sandbox: endpoints (as 1.6) or leases (as 1.36)')
        .choices(['endpoints', 'leases'])
        .default('endpoints'),
    )
    .action(does(async () => (await import('./failover.ts')).failover));
  withSandboxFlags(command('ways', 'what clients feel of an API server that is stopped, through each way in'))
    .option('--on <master>', 'whose API server is stopped (default: the last master)')
    .option('--hold <duration>', 'for how long', duration, 20_000)
    .option('--kill', 'kill it, as in a crash, instead of stopping it')
    .option('--clients <n>', 'how many ask through the service', count, 4)
    .option('--every <duration>', 'between two requests of each', duration, 250)
    .option('--record <file>', 'where the recording goes')
    .option('--dry-run', 'print the exact commands, the way back included, and do nothing')
    .option('--yes', 'do not ask before the fault')
    .addOption(
      new Option('--lock <kind>', 'of the sandbox: endpoints (as 1.6) or leases (as 1.36)')
        .choices(['endpoints', 'leases'])
        .default('endpoints'),
    )
    .action(does(async () => (await import('./ways.ts')).ways));
  command('predict', 'how long a handover should take by the rules, from flags in use or given')
    .addOption(
      new Option('--component <name>', 'whose leader')
        .choices(['kube-scheduler', 'kube-controller-manager'])
        .default('kube-scheduler'),
    )
    .addOption(new Option('--fault <fault>', 'how the leader goes').choices(faultKinds).default('stop'))
    .addOption(
      new Option('--lease-duration <duration>', 'whole seconds (15s, or as in use)').argParser(wholeSeconds),
    )
    .addOption(
      new Option('--renew-deadline <duration>', 'whole seconds (10s, or as in use)').argParser(wholeSeconds),
    )
    .addOption(
      new Option('--retry-period <duration>', 'whole seconds (2s, or as in use)').argParser(wholeSeconds),
    )
    .option('--standbys <n>', 'how many stand by (1, or as in use)', count)
    .option(
      '--kubernetes <version>',
      'whose rules, from 1.6 to 1.36: when a stopped leader gives the lock back (v1.36.3)',
    )
    .option('--seed <n>', 'of the drawn rounds', count, 1)
    .option('--rounds <n>', 'how many to draw', count, 200_000)
    .action(does(async () => (await import('./predict.ts')).predict));
  addRecordingCommands({ command, does });
  command('recover', 'put back what an interrupted run left')
    .option('--forget', 'give up on what cannot be recovered, because its masters are gone')
    .action(does(async () => (await import('./recover.ts')).recover));
  command('units', "the tutorial's systemd units for these masters and a Kubernetes version")
    .option('--kubernetes <version>', 'from 1.6 to 1.36 (default: 1.36)')
    .option('--out <dir>', 'write them there, one folder a master, instead of printing them')
    .option('--force', 'write over files that are there and differ')
    .option('--compare', "hold the masters' own units against them, and against one another; changes nothing")
    .action(does(async () => (await import('./units.ts')).units));
  command('init', 'make an inventory')
    .argument('[masters...]', 'user@host, or names of ~/.ssh/config')
    .option('--kubeconfig <file>', 'how to reach the cluster')
    .option('--force', 'write over an inventory that is there')
    .action(does(async () => (await import('./init.ts')).init));
  withSandboxFlags(
    command(
      'doctor',
      'what is missing here and on the masters, with the sudoers lines and RBAC that are enough',
    ),
  ).action(does(async () => (await import('./doctor.ts')).doctor));

  const labs = program.command('labs').description('labs of your own: begin one, find its mistakes, try it');
  withCommonFlags(labs.command('list'))
    .description('the labs of the package, and those here')
    .action(does(async () => (await import('./labs.ts')).labsList));
  withCommonFlags(labs.command('new'))
    .description('begin a lab: a folder that lints and passes its test')
    .argument('<lab>', 'its name, or the folder to make')
    .action(does(async () => (await import('./labsnew.ts')).labsNew));
  withCommonFlags(labs.command('lint'))
    .description('every mistake, with file, line and what was meant')
    .argument('[labs...]', 'folders or names (default: the labs here)')
    .action(does(async () => (await import('./labs.ts')).labsLint));
  withSandboxFlags(withCommonFlags(labs.command('test')))
    .description('each step must fail before it is solved or under its break, and pass after; in a sandbox')
    .argument('[labs...]', 'folders or names (default: the labs here)')
    .action(does(async () => (await import('./labstest.ts')).labsTest));

  const sandbox = program.command('sandbox').description('the sandbox by itself, for other programs');
  withSandboxFlags(withCommonFlags(sandbox.command('up')))
    .description('start it; prints an inventory, an ssh config and a kubeconfig')
    .addOption(
      new Option('--lock <kind>', 'behave as 1.6 (endpoints) or as 1.36 (leases)')
        .choices(['endpoints', 'leases'])
        .default('endpoints'),
    )
    .option(
      '--bin-dir <dir>',
      'run the real kube-apiserver, kube-scheduler, kube-controller-manager and etcd of this folder',
    )
    .action(does(async () => (await import('./sandbox.ts')).sandboxUp));
  withCommonFlags(sandbox.command('down'))
    .description('end every sandbox of yours')
    .action(does(async () => (await import('./sandbox.ts')).sandboxDown));
  withCommonFlags(sandbox.command('status'))
    .description('which sandboxes are up')
    .action(does(async () => (await import('./sandbox.ts')).sandboxStatus));
  addOwnCommands({ program, does });
  tellMisuse(program, 'kha-lab');
  return program;
}
