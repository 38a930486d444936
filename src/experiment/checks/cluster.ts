// What is checked of the cluster: each API server, the `kubernetes` endpoints, and that each lock has one holder of ours.
import type { ApiServer } from '../../cluster/apiserver.ts';
import { askHealth, askKubernetesEndpoints } from '../../cluster/facts.ts';
import { type LockView, watchLock } from '../../cluster/locks.ts';
import type { KhaError } from '../../model/failure.ts';
import { type ComponentName, masterOfHolder, type NamedMaster } from '../../model/lock.ts';
import type { Clock } from '../../model/time.ts';
import { electedComponents } from '../watching.ts';
import { bad, type CheckResult, examine, good, type Question } from './check.ts';

export interface CheckedCluster {
  readonly checks: readonly CheckResult[];
  /** The master that leads, by component; null where it is not known. */
  readonly leaders: Readonly<Record<ComponentName, string | null>>;
}

export async function checkCluster(
  apis: readonly ApiServer[],
  masters: readonly NamedMaster[],
  clock: Clock,
): Promise<CheckedCluster> {
  const ready = await Promise.all(apis.map((api) => examine(apiReady(api), clock)));
  const answering = apis.find((_, index) => ready[index]?.ok);
  const leaders: Record<ComponentName, string | null> = {
    'kube-scheduler': null,
    'kube-controller-manager': null,
  };
  if (!answering) return { checks: ready, leaders };
  const held = electedComponents.map((component) =>
    examine(
      lockHeld(answering, {
        component,
        masters,
        clock,
        found: (master) => {
          leaders[component] = master;
        },
      }),
      clock,
    ),
  );
  const checks = [
    ...ready,
    await examine(endpointsListAll(answering, apis.length), clock),
    ...(await Promise.all(held)),
  ];
  return { checks, leaders };
}

const apiReady = (api: ApiServer): Question => ({
  id: api.master === null ? 'api' : `api-${api.master}`,
  title: `API server ${api.master === null ? '' : `of ${api.master} `}is ready`,
  command: `kubectl --server ${api.address.split(' ')[0]} get --raw /readyz`,
  async ask() {
    const { ready, version, detail, failure } = await askHealth(api);
    if (failure) throw failure;
    if (ready) return good(`${api.address}, ${version ?? 'version unknown'}`);
    return bad(
      `${detail ?? `${api.address} says it is not ready.`} Look at its unit there: systemctl status kube-apiserver`,
    );
  },
});

const endpointsListAll = (api: ApiServer, expected: number): Question => ({
  id: 'endpoints',
  title: 'the kubernetes service leads to every API server',
  command: 'kubectl get endpoints kubernetes',
  async ask() {
    const found = await askKubernetesEndpoints(api);
    const list = found.join(', ') || 'none';
    if (found.length >= expected) return good(list);
    return bad(
      `It lists ${list}, expected ${expected} addresses. Check --apiserver-count and --advertise-address of each kube-apiserver.`,
    );
  },
});

interface LockQuestion {
  readonly component: ComponentName;
  readonly masters: readonly NamedMaster[];
  readonly clock: Clock;
  readonly found: (master: string | null) => void;
}

/** A leader renews every 2 s unless told otherwise: this long without a renewal is too long. */
const renewalWithinMs = 6_500;

const lockHeld = (api: ApiServer, { component, masters, clock, found }: LockQuestion): Question => ({
  id: `lock-${component}`,
  title: `${component} has one leader, and it renews`,
  command: `kubectl -n kube-system get lease,endpoints ${component} -o yaml`,
  async ask() {
    const { newest, renewed, trouble } = await lookAtLock(api, component, clock);
    const holder = newest?.record?.holder;
    // Without the right to look, nothing is known of the lock.
    if (!newest && trouble) throw trouble;
    if (!newest)
      return bad(`No lock of ${component} was found. Check that it runs with --leader-elect=true.`);
    if (!holder) return bad(`Nobody holds the lock of ${component}. Look at its log on each master.`);
    const master = masterOfHolder(holder, masters);
    found(master);
    if (master === null) {
      return bad(
        `${holder} holds the lock, which is none of these masters. Name it, or its identity, in the inventory.`,
      );
    }
    if (!renewed)
      return bad(
        `${master} holds the lock but did not renew it for ${renewalWithinMs / 1000} s. Look at ${component} there.`,
      );
    return good(`${master} leads (${newest.kind} kube-system/${component}, holder ${holder})`);
  },
});

async function lookAtLock(api: ApiServer, component: ComponentName, clock: Clock) {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), renewalWithinMs);
  let newest: LockView | null = null;
  let renewed = false;
  let trouble: KhaError | null = null;
  await watchLock({
    api,
    component,
    clock,
    signal: enough.signal,
    onTrouble(error) {
      trouble ??= error;
    },
    onLock(view) {
      // An upgrade leaves an object of another kind behind: seeing both is no renewal.
      renewed ||= newest?.kind === view.kind && view.resourceVersion !== newest.resourceVersion;
      newest = view;
      if (renewed) enough.abort();
    },
  });
  clearTimeout(timer);
  return { newest: newest as LockView | null, renewed, trouble: trouble as KhaError | null };
}
