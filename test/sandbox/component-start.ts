// Starts elected components over real API servers for tests, and reads what they log.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { end, eventually, program } from './etcd-start.ts';

export interface Running {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** The first line from `from` on that holds the pattern, as soon as it is there. */
  line(pattern: RegExp, options?: { from?: number; withinMs?: number }): Promise<string>;
  stop(): Promise<void>;
}

/** 3/2/1 s: a handover takes 2 to 7.4 s. */
export const quick = [
  '--leader-elect=true',
  '--leader-elect-lease-duration=3s',
  '--leader-elect-renew-deadline=2s',
  '--leader-elect-retry-period=1s',
];

export function startComponent(options: {
  readonly name: 'kube-scheduler' | 'kube-controller-manager' | 'kubelet' | 'kube-proxy';
  readonly host: string;
  readonly kubeconfig: string;
  readonly style: '1.6' | '1.36';
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}): Running {
  const { name, host, kubeconfig, style, flags = quick, environment = {} } = options;
  const child = spawn(process.execPath, [program(name), `--kubeconfig=${kubeconfig}`, '--v=6', ...flags], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {
      ...process.env,
      KHA_SANDBOX_STYLE: style,
      KHA_SANDBOX_HOSTNAME: host,
      KHA_SANDBOX_ADVERTISED: '172.16.155.158:6443',
      ...environment,
    },
  });
  const lines: string[] = [];
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const whole = (rest + text).split('\n');
    rest = whole.pop() ?? '';
    lines.push(...whole);
  });
  return {
    child,
    lines,
    line: (pattern, { from = 0, withinMs = 15_000 } = {}) =>
      eventually(() => lines.slice(from).find((one) => pattern.test(one)), withinMs).catch(
        (cause: unknown) => {
          throw new Error(`${name} on ${host} never logged ${pattern}:\n${lines.slice(-20).join('\n')}`, {
            cause,
          });
        },
      ),
    stop: () => end(child),
  };
}

/** Milliseconds of day that a klog line was written at. */
export function writtenMs(line: string): number {
  const [, hours, minutes, seconds] = /^[IWEF]\d{4} (\d\d):(\d\d):(\d\d\.\d{6}) /.exec(line) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** All log files of a severity in a folder, joined. */
export function logText(folder: string, severity: string): string {
  return readdirSync(folder)
    .filter((name) => name.includes(`.log.${severity}.`))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}
