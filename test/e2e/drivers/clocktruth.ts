// When a component of a sandbox truly took its lock: its own lines, read past the program, less what is wrong with its clock.
import { readdirSync, readFileSync } from 'node:fs';
import { type ClockFault, wrongBy } from '../../../src/sandbox/clock/fault.ts';
import { acquiredAt } from '../../masters/harness/truth.ts';
import { onMaster } from './ssh.ts';

/** When the sandbox in this temporary folder began, as its masters' processes carry it with them; epoch milliseconds. */
export function beganMs(temporary: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const text = environment(pid);
    if (!text.includes(`${temporary}/kha-lab-`)) continue;
    const [, since] = /KHA_SANDBOX_CLOCK=[^\0]*"sinceMs":([\d.]+)/.exec(text) ?? [];
    if (since !== undefined) return Number(since);
  }
  throw new Error('no process of the sandbox has a wrong clock');
}

/** The processes of the sandbox in this temporary folder. */
export function processesIn(temporary: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environment(name).includes(`${temporary}\0`))
    .map(Number);
}

/** Processes come and go while they are looked at. */
function environment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** True epoch milliseconds at which a clock with this fault showed `shownMs`; where a step set it back, the latest. */
export function trueTime(shownMs: number, fault: ClockFault & { sinceMs: number }): number {
  const begin = shownMs - fault.offsetMs;
  const steps = [0, ...fault.steps.map((_, at) => at + 1)].reverse();
  for (const count of steps) {
    const past = fault.steps.slice(0, count).reduce((sum, { byMs }) => sum + byMs, 0);
    const elapsed = (begin - past - fault.sinceMs) / (1 + fault.driftPpm / 1e6);
    const at = fault.sinceMs + elapsed;
    if (Math.abs(at + wrongBy(fault, at) - shownMs) < 0.01) return at;
  }
  throw new Error(`this clock never showed ${new Date(shownMs).toISOString()}`);
}

/** All the times a component's log tells that it took the lock; true epoch milliseconds. */
export async function acquiredTruly(
  sandbox: { readonly sshConfig: string },
  at: { master: string; component: string; fault: ClockFault & { sinceMs: number } },
): Promise<readonly number[]> {
  const { master, component, fault } = at;
  const { stdout } = await onMaster(
    sandbox,
    master,
    `cat var/log/kubernetes/${component}.*.log.INFO.* 2>/dev/null; journalctl -u ${component} -o cat --no-pager`,
  );
  const zoneMinutes = -new Date().getTimezoneOffset();
  return acquiredAt(stdout.split('\n'), zoneMinutes).map((us) => trueTime(us / 1000, fault));
}
