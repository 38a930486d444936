// How klog begins a line, a file and a file's name: all in the local time of the process.

export type Severity = 'INFO' | 'WARNING' | 'ERROR' | 'FATAL';

export interface Origin {
  /** `kube-scheduler` */
  readonly program: string;
  readonly hostname: string;
  readonly user: string;
  readonly pid: number;
}

/** `I0607 11:00:05.179156   17298 leaderelection.go:248]`; `epochMs` has microseconds as fraction. */
export function lineHeader(
  severity: Severity,
  { epochMs, pid, where }: { readonly epochMs: number; readonly pid: number; readonly where: string },
): string {
  const whole = Math.floor(epochMs);
  const at = new Date(whole);
  const micros = at.getMilliseconds() * 1000 + Math.min(999, Math.floor((epochMs - whole) * 1000));
  const stamp = `${two(at.getMonth() + 1)}${two(at.getDate())} ${timeOf(at)}.${String(micros).padStart(6, '0')}`;
  return `${severity[0]}${stamp} ${String(pid).padStart(7)} ${where}]`;
}

/** `kube-scheduler.kuberm.root.log.INFO.20261122-194712.37` */
export function fileName(
  { program, hostname, user, pid }: Origin,
  severity: Severity,
  epochMs: number,
): string {
  const at = new Date(epochMs);
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const host = hostname.split('.')[0] ?? hostname;
  return `${program}.${host}.${user}.log.${severity}.${day}-${timeOf(at).replaceAll(':', '')}.${pid}`;
}

/** The lines that a klog file begins with. */
export function fileHeader({ hostname }: Origin, epochMs: number): string {
  const at = new Date(epochMs);
  return [
    `Log file created at: ${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} ${timeOf(at)}`,
    `Running on machine: ${hostname}`,
    'Binary: Built with node for the kha-lab sandbox',
    'Log line format: [IWEF]mmdd hh:mm:ss.uuuuuu threadid file:line] msg',
    '',
  ].join('\n');
}

function timeOf(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
