// When a command that came over SSH truly began: the kernel's own note of every program that a process starts.
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Masters } from '../masters.ts';
import { firstProcessOf } from './nspawn.ts';

export interface ExecTrace {
  /**
   * When programs of this name began since the last call, in microseconds since 1970, oldest first. Only descendants of
   * the processes followed count.
   */
  begun(program: string): Promise<readonly number[]>;
  end(): Promise<void>;
}

/** What the kernel stamps when one program takes another's place in a process, and a line of our own. */
const EXEC = /\s(\d+\.\d{6}): sched_process_exec: filename=(\S+) /;
const OWN = /\s(\d+\.\d{6}): tracing_mark_write: kha-lab (\d+)[.,](\d{6})/;

/**
 * Follows what these processes start, and what those start, in a ring buffer of the kernel that only this trace writes to.
 * As root. Take it before a program under test connects, and `end` it.
 */
export async function traceExecs(processes: readonly number[]): Promise<ExecTrace> {
  const tracing = await mkdtemp(join(tmpdir(), 'kha-tracing-'));
  await execa('mount', ['-t', 'tracefs', 'kha-lab', tracing]);
  const buffer = join(tracing, 'instances', `kha-lab-${process.pid}-${processes[0]}`);
  const set = (file: string, text: string) => writeFile(join(buffer, file), text);
  await mkdir(buffer);
  // One clock for all processors, that nothing sets.
  await set('trace_clock', 'mono');
  await set('options/event-fork', '1');
  await set('set_event_pid', processes.join(' '));
  await set('events/sched/sched_process_exec/enable', '1');
  await set('tracing_on', '1');
  return {
    async begun(program) {
      // bash reads the wall clock and writes in one breath: what lies between the kernel's clock and it.
      await execa('bash', [
        '-c',
        `for i in 1 2 3 4 5; do echo "kha-lab $EPOCHREALTIME" >"$0"; done`,
        `${buffer}/trace_marker`,
      ]);
      const lines = (await readFile(join(buffer, 'trace'), 'utf8')).split('\n');
      await set('trace', '');
      const aheads = lines.flatMap((line) => {
        const [, stamped, seconds, micros] = OWN.exec(line) ?? [];
        return stamped === undefined ? [] : [Number(seconds) * 1e6 + Number(micros) - micro(stamped)];
      });
      // The shell is interrupted between the two now and then: the nearest is right.
      const ahead = Math.max(...aheads);
      return lines.flatMap((line) => {
        const [, stamped, file] = EXEC.exec(line) ?? [];
        return stamped !== undefined && file?.endsWith(`/${program}`) ? [micro(stamped) + ahead] : [];
      });
    },
    async end() {
      await rmdir(buffer);
      await execa('umount', [tracing]);
      await rm(tracing, { recursive: true });
    },
  };
}

function micro(seconds: string): number {
  const [whole, fraction] = seconds.split('.');
  return Number(whole) * 1e6 + Number(fraction);
}

/** The sshd processes of all masters, as this machine numbers them. */
export async function sshdOf(masters: Masters): Promise<readonly number[]> {
  const spaces = await Promise.all(
    masters.names.map(async (master) => spaceOf(await firstProcessOf({ id: masters.id, master }))),
  );
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    const space = await spaceOf(Number(pid)).catch(() => null);
    if (name.trim() === 'sshd' && space !== null && spaces.includes(space)) found.push(Number(pid));
  }
  return found;
}

function spaceOf(pid: number): Promise<string> {
  return readlink(`/proc/${pid}/ns/pid`);
}

/** The program that a fault's command begins with, where the login is root. */
export function programOf(fault: string): string {
  return fault === 'cut' ? 'iptables' : 'systemctl';
}

/** From the mark to the beginning that lies nearest to it, in milliseconds; undefined where nothing of the kind began. */
export function fromMark(markMicros: number, begun: readonly number[]): number | undefined {
  return begun.map((micros) => (micros - markMicros) / 1000).sort((a, b) => Math.abs(a) - Math.abs(b))[0];
}
