// When `sudo -n` precedes a program, and what its refusal looks like.
import { exits, KhaError } from '../model/failure.ts';
import type { Argv } from './host.ts';

export interface SudoRule {
  readonly mode: 'auto' | 'never' | 'always';
  readonly loginIsRoot: boolean;
}

/** Whether a command that asks for sudo gets it. */
export function needsSudo(rule: SudoRule, asked: boolean | undefined): boolean {
  if (asked !== true || rule.mode === 'never') return false;
  return rule.mode === 'always' || !rule.loginIsRoot;
}

/** sudo precedes one program, never a shell with a pasted line. */
export function underSudo(argv: Argv): Argv {
  return ['sudo', '-n', ...argv];
}

const refusals = [
  /^sudo: .*password is required/m,
  /^sudo: .*(terminal|tty)/m,
  /is not in the sudoers file/,
  /is not allowed to (execute|run sudo)/,
  /may not run sudo/,
];

/** The KhaError behind a finished sudo command, when it was sudo that failed and not the command; else `null`. */
export function sudoFailure(
  finished: { readonly code: number | null; readonly stderr: string },
  options: { readonly host: string; readonly line: string },
): KhaError | null {
  const { code, stderr } = finished;
  if (code === 127 && /sudo: (command )?not found/.test(stderr))
    return new KhaError({
      code: 'sudo-missing',
      exit: exits.unreachable,
      message: `There is no sudo on ${options.host}.`,
      tryThis: 'Log in as root, or install sudo there; "kha-lab doctor" lists what is missing.',
    });
  if (code !== 1 || !refusals.some((refusal) => refusal.test(stderr))) return null;
  return new KhaError({
    code: 'sudo-refused',
    exit: exits.unreachable,
    message: `sudo on ${options.host} wants a password to run this, and gets none: ${options.line}`,
    tryThis: 'Run "kha-lab doctor": it prints the sudoers lines that this login needs.',
  });
}
