// What both elected components have in common: flags, log, client, election, and how they end.
import { randomUUID } from 'node:crypto';
import { rulesOf1_6, rulesOf1_36 } from '../../model/electionrules.ts';
import { electionTerms } from '../../model/electionterms.ts';
import type { ComponentName } from '../../model/lock.ts';
import { type Connected, connect } from '../client/connect.ts';
import { type EmitEvent, eventEmitter } from '../client/events.ts';
import { ownClock } from '../clock/clock.ts';
import type { Style } from '../kube-apiserver/style.ts';
import type { Flags } from '../process/flags.ts';
import { elect } from './elect.ts';
import { endpointsForm, leaseForm } from './lockobject.ts';
import { createLockStore } from './lockstore.ts';
import { wordingOf } from './wording.ts';

export interface Component extends Connected {
  readonly emit: EmitEvent;
}

export interface ComponentPlan {
  readonly name: ComponentName;
  /** `source.component` of its events. */
  readonly eventSource: string;
  /** Whether it prints its events in its own log. */
  readonly logsEvents: boolean;
  /** Starts what it does whether it leads or not. */
  readonly prepare?: (component: Component) => void;
  /** Starts what only the leader does; it goes on until the process ends. */
  readonly lead: (component: Component) => void;
  /** Prints its last line after losing the lease; returns the exit code. */
  readonly lost: (component: Component) => number;
  /** Prints its last line after a clean stop, where SIGTERM is handled at all; null: it dies at once. */
  readonly stopped: ((component: Component) => void) | null;
}

/** Runs the component until its process ends. @throws Error for a lock that there is not */
export function runComponent(
  plan: ComponentPlan,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): void {
  const connected = connect(plan.name, argv, environment);
  const { flags, style, klog, client, advertised, host } = connected;
  const emit = eventEmitter({ client, klog, style, component: plan.eventSource, logs: plan.logsEvents });
  const component: Component = { ...connected, emit };
  plan.prepare?.(component);

  const terms = electionTerms(plan.name, flags, style === '1.6' ? 'v1.6.4' : 'v1.36.3');
  if (!terms) {
    plan.lead(component);
    return;
  }
  const form = lockFormOf(flags, style);
  const identity = style === '1.6' ? host : `${host}_${randomUUID()}`;
  const name = flags.get('leader-elect-resource-name') ?? plan.name;
  const store = createLockStore({ client, form, name, advertised });
  const print = wordingOf(style, { klog, lock: `kube-system/${name}` });
  const election = elect({
    candidate: { identity, terms, rules: style === '1.6' ? rulesOf1_6 : rulesOf1_36 },
    store,
    clock: ownClock,
    random: Math.random,
    say: (saying) => {
      print(saying);
      if (saying.is === 'becameLeader') setImmediate(() => announce());
      if (saying.is === 'acquired') plan.lead(component);
    },
  });
  const announce = () => {
    const lock = store.latest();
    if (!lock) return;
    const about = { ...lock, kind: form.kind, apiVersion: form.apiVersion };
    emit({ about, type: 'Normal', reason: 'LeaderElection', message: `${identity} became leader` });
  };
  if (plan.stopped && terms.releasesOnStop) handleSignals(() => election.cancel());
  void election.ended.then((why) => {
    const code = why === 'lost' ? plan.lost(component) : 0;
    if (why === 'stopped') plan.stopped?.(component);
    klog.flush();
    process.exit(code);
  });
}

function lockFormOf(flags: Flags, style: Style) {
  const asked = flags.get('leader-elect-resource-lock') ?? (style === '1.6' ? 'endpoints' : 'leases');
  if (asked === 'endpoints') return endpointsForm;
  if (asked === 'leases') return leaseForm;
  throw new Error(`--leader-elect-resource-lock is endpoints or leases here, not ${asked}`);
}

/** The first asks the component to stop; a second ends it at once. */
function handleSignals(stop: () => void): void {
  let asked = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      stop();
    });
}
