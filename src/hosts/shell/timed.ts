// One command line that notes the host's clock right before and right after a command.
import { randomBytes } from 'node:crypto';
import { exits, KhaError } from '../../model/failure.ts';
import type { Argv, Finished, Timed } from '../host.ts';
import { type ClockSource, parseClock } from './clocksource.ts';

export interface TimedCommand {
  readonly argv: Argv;
  /** Takes the notes out of what came back. Throws `no-host-clock` (exit 4) where they are missing. */
  read(finished: Finished, host: string): Timed;
}

export function timedCommand(argv: Argv, source: ClockSource): TimedCommand {
  const mark = `kha-lab-${randomBytes(12).toString('hex')}`;
  const note = `printf '%s %s\\n' "$0" "${source.expression}" >&2`;
  // Noted by the process that then becomes the command: no fork lies between, which a busy host may put off.
  const script = `(${note}; exec "$@"); c=$?; ${note}; exit "$c"`;
  return {
    argv: [...source.shell, '-c', script, mark, ...argv],
    read(finished, host) {
      const notes: number[] = [];
      const stderr = finished.stderr.replaceAll(
        new RegExp(`${mark} (\\S*)\\n`, 'g'),
        (_, written: string) => {
          notes.push(parseClock(written));
          return '';
        },
      );
      const [hostBeforeMs, hostAfterMs] = notes;
      if (hostBeforeMs === undefined || hostAfterMs === undefined || notes.some(Number.isNaN))
        throw new KhaError({
          code: 'no-host-clock',
          exit: exits.unreachable,
          message: `The clock of ${host} could not be read around a command.`,
          tryThis: `On ${host}, "date +%s%N" must print a number; installing bash or coreutils there helps.`,
          cause: finished.stderr,
        });
      return { ...finished, stderr, hostBeforeMs, hostAfterMs };
    },
  };
}
