// Whether sudo on the masters allows all that a round types, the way back included: asked before the fault, not found out after it.
import type { Argv, Host } from '../hosts/host.ts';
import { quoteArgv } from '../hosts/quote.ts';
import { exits, KhaError } from '../model/failure.ts';
import { type FaultPlan, plannedSteps } from './faults.ts';
import { forgetArgv, resetArgv } from './wayback.ts';

/**
 * Asks each master's sudo, in one command; it runs nothing, and masters that need no sudo are not asked.
 * @throws KhaError `not-allowed` (exit 4) that names what is refused
 */
export async function expectAllowed(plan: FaultPlan): Promise<void> {
  const steps = plannedSteps(plan).filter(({ asLogin }) => !asLogin);
  await Promise.all(
    plan.masters.map(async ({ name, host }) => {
      const units = plan.design.touched.filter(({ master }) => master === name).flatMap((one) => one.units);
      const own = steps.filter(({ on }) => on === name).map(({ argv }) => argv);
      // What failed to start is forgotten before it is started again.
      await expectAll(host, [...own, ...units.map(resetArgv), forgetArgv]);
    }),
  );
}

async function expectAll(host: Host, commands: readonly Argv[]): Promise<void> {
  const line = (argv: Argv, sudo: boolean) => host.commandLine(argv, { sudo });
  const all = [...new Map(commands.map((argv) => [quoteArgv(argv), argv])).values()];
  if (all.every((argv) => line(argv, true) === line(argv, false))) return;
  const { stdout } = await host.run(['sh', '-c', questions(all)]);
  const refused = stdout.split('\n').flatMap((number) => (number === '' ? [] : [all[Number(number)] ?? []]));
  if (refused.length > 0)
    throw notAllowed(
      host,
      refused.map((argv) => line(argv, true)),
    );
}

/** Prints the number of each command that sudo does not allow; where it tells only who has a password, nothing is known. */
function questions(commands: readonly Argv[]): string {
  return commands
    .map((argv, number) => {
      const asked = quoteArgv(['sudo', '-n', '-l', ...argv]);
      return `said=$(${asked} 2>&1 >/dev/null) || case $said in *password*) ;; *) echo ${number} ;; esac`;
    })
    .join('\n');
}

function notAllowed(host: Host, lines: readonly string[]): KhaError {
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return new KhaError({
    code: 'not-allowed',
    exit: exits.unreachable,
    message: `No fault was issued: sudo on ${host.name} does not allow what the fault and its way back need: ${lines[0]}${more}.`,
    tryThis: 'Run "kha-lab doctor": it prints the sudoers lines that this login needs.',
  });
}
