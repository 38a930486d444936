// `systemd-run` on a sandbox's master: a command as a transient service, at once or by a timer.
import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Manager } from '../systemd/manager.ts';
import { Refusal } from '../systemd/refusal.ts';
import { parseTimespan } from '../systemd/timespan.ts';
import type { ShimProgram } from './call.ts';

/** `searchPath`: where the command is looked for when it has no slash. */
export function systemdRun(manager: Manager, searchPath: string): ShimProgram {
  return async ({ args, err }) => {
    const { flags, argv } = readFlags(args);
    const [program = '', ...rest] = argv;
    if (program === '') throw new Refusal('Command line to execute required.');
    const name = (flags.unit ?? `run-r${randomBytes(16).toString('hex')}`).replace(/\.(service|timer)$/, '');
    const onActive = flags['on-active'];
    await manager.runTransient({
      name,
      description: flags.description ?? argv.join(' '),
      argv: [resolveProgram(program, searchPath), ...rest],
      onActiveUs: onActive === undefined ? null : readSpan(onActive),
      accuracyUs: readAccuracy(flags['timer-property'] ?? []),
      collect: flags.collect === true,
      properties: [...(flags.property ?? []), ...(flags.setenv ?? []).map((one) => `Environment=${one}`)],
    });
    if (flags.quiet) return 0;
    err(
      onActive === undefined
        ? `Running as unit: ${name}.service\n`
        : `Running timer as unit: ${name}.timer\nWill run service as unit: ${name}.service\n`,
    );
    return 0;
  };
}

function readFlags(args: readonly string[]) {
  const options = {
    unit: { type: 'string', short: 'u' },
    'on-active': { type: 'string' },
    'timer-property': { type: 'string', multiple: true },
    property: { type: 'string', short: 'p', multiple: true },
    setenv: { type: 'string', short: 'E', multiple: true },
    description: { type: 'string' },
    collect: { type: 'boolean', short: 'G' },
    quiet: { type: 'boolean', short: 'q' },
    'no-block': { type: 'boolean' },
    'no-ask-password': { type: 'boolean' },
    system: { type: 'boolean' },
  } as const;
  // The command begins at the first word that is no option of ours: what follows belongs to it.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind !== 'option');
  const at = first?.index ?? args.length;
  try {
    const { values } = parseArgs({ args: args.slice(0, at), options });
    return { flags: values, argv: args.slice(first?.kind === 'option-terminator' ? at + 1 : at) };
  } catch (error) {
    throw new Refusal(`systemd-run: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readSpan(text: string): number {
  const us = parseTimespan(text);
  if (us === null || us === Number.POSITIVE_INFINITY)
    throw new Refusal(`Failed to parse timer value: ${text}`);
  return us;
}

function readAccuracy(properties: readonly string[]): number {
  const given = properties.find((one) => one.startsWith('AccuracySec='))?.slice('AccuracySec='.length);
  return given === undefined ? 60e6 : readSpan(given);
}

function resolveProgram(program: string, searchPath: string): string {
  if (program.includes('/')) return program;
  for (const folder of searchPath.split(':')) {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return join(folder, program);
    } catch {
      // Not in this folder.
    }
  }
  throw new Refusal(`Failed to find executable ${program}: No such file or directory`);
}
