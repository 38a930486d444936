// One candidate as a process: started, signalled, and what it said.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Done, type Happening, monotonicUs, type Side } from './happening.ts';
import type { Programs } from './programs.ts';

/** Lease 3 s, renew deadline 2 s, retry 1 s: as short as the rules allow, so that hundreds of rounds fit. */
export const terms = { leaseMs: 3000, renewMs: 2000, retryMs: 1000 };

export interface Candidate {
  readonly identity: string;
  readonly side: Side;
  readonly child: ChildProcess;
  /** Sends the signal; the happening is noted just before. */
  signal(signal: NodeJS.Signals): Happening;
  /** The first happening of it that fits, from `sinceUs` on. @throws Error when it does not come in time */
  wants(
    is: Happening['is'],
    options?: { sinceUs?: number; withinMs?: number; holder?: string },
  ): Promise<Happening>;
  exited(): Promise<void>;
}

const done: Partial<Record<NodeJS.Signals, Done>> = {
  SIGKILL: 'killed',
  SIGTERM: 'told',
  SIGSTOP: 'frozen',
  SIGCONT: 'woken',
};

export interface CandidatePlan {
  readonly side: Side;
  readonly lock: string;
  readonly kubeconfig: string;
  /** What client-go's sends and asks for. */
  readonly contentType: string;
  readonly programs: Programs;
  /** Where everything around the lock is noted. */
  readonly happenings: Happening[];
  /** Default: a new one, as a component makes itself at each start. */
  readonly identity?: string;
}

export function startCandidate(plan: CandidatePlan): Candidate {
  const { side, lock, kubeconfig, programs, happenings } = plan;
  const identity = plan.identity ?? `${side}_${randomUUID()}`;
  const flags = [
    `--kubeconfig=${kubeconfig}`,
    `--name=${lock}`,
    `--identity=${identity}`,
    `--lease-duration=${terms.leaseMs / 1000}s`,
    `--renew-deadline=${terms.renewMs / 1000}s`,
    `--retry-period=${terms.retryMs / 1000}s`,
  ];
  const [command = '', ...first] = programs[side];
  if (side === 'theirs') flags.push(`--kube-api-content-type=${plan.contentType}`);
  const child = spawn(command, [...first, ...flags], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin?.on('error', () => undefined);
  const note = (happening: Omit<Happening, 'who' | 'side'>): Happening => {
    const noted = { ...happening, who: identity, side };
    happenings.push(noted);
    return noted;
  };
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) note(JSON.parse(line));
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  let gone = false;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void closed.then(() => {
    gone = true;
  });
  return {
    identity,
    side,
    child,
    signal(signal) {
      const is = done[signal];
      if (!is) throw new Error(`${signal} is nothing that is done to candidates`);
      const noted = note({ atUs: monotonicUs(), is });
      child.kill(signal);
      return noted;
    },
    async wants(is, { sinceUs = 0, withinMs = 15_000, holder } = {}) {
      const deadline = performance.now() + withinMs;
      const fits = (one: Happening) =>
        one.who === identity &&
        one.is === is &&
        one.atUs >= sinceUs &&
        (holder === undefined || one.holder === holder);
      for (;;) {
        const found = happenings.find(fits);
        if (found) return found;
        if (performance.now() > deadline || (gone && is !== 'exit'))
          throw new Error(`${identity} on ${lock} never came to "${is}": ${complaint}`);
        await wait(5);
      }
    },
    exited: () => closed,
  };
}
