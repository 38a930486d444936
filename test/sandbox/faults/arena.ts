// A sandbox with short terms, over real ssh, and who leads in it as its API servers say.
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/up.ts';
import { until } from '../supervisor/poll.ts';
import { ssh } from '../supervisor/ssh.ts';

const annotation = 'control-plane.alpha.kubernetes.io/leader';

export interface Arena {
  readonly sandbox: Sandbox;
  /** Output, errors and code of a command line on a master. */
  on(master: string, command: string, input?: string): ReturnType<typeof ssh>;
  /** What it prints. */
  say(master: string, command: string): Promise<string>;
  /** Who holds the scheduler's lock, by the API server of `master`; empty for nobody. */
  holder(master: string): Promise<string>;
  /** Settles when another than `from` holds it. */
  handedOver(master: string, from: string): Promise<string>;
  /** One property of a unit. */
  show(master: string, property: string, unit: string): Promise<string>;
}

/** 3 s lease, 2 s renew deadline, 1 s retry period. */
export async function createArena(options: Partial<SandboxOptions> = {}): Promise<Arena> {
  const sandbox = await startSandbox({
    lock: 'endpoints',
    leaseDurationMs: 3000,
    renewDeadlineMs: 2000,
    retryPeriodMs: 1000,
    ...options,
  });
  const on: Arena['on'] = (master, command, input) => ssh(sandbox.sshConfigFile, master, command, input);
  const say: Arena['say'] = async (master, command) => (await on(master, command)).stdout;
  const holder: Arena['holder'] = async (master) => {
    const text = await say(master, 'kubectl -n kube-system get endpoints kube-scheduler -o json');
    return text === '' ? '' : JSON.parse(JSON.parse(text).metadata.annotations[annotation]).holderIdentity;
  };
  return {
    sandbox,
    on,
    say,
    holder,
    handedOver: (master, from) =>
      until(
        `another than ${from} leads`,
        async () => {
          const now = await holder(master);
          return now !== '' && now !== from && now;
        },
        15_000,
      ),
    show: (master, property, unit) => say(master, `systemctl show -P ${property} ${unit}`),
  };
}
