// The flags of kube-scheduler and kube-controller-manager in the tutorial's units and ours, by the sources of 1.6 to 1.36.
import { everyonesFlags, type FlagTable } from './facts.ts';

/** Since when it asks the API server who its callers are, and until when it has a port without login. */
function electedFlags(minors: { readonly delegatesSince: number; readonly servesUntil: number }): FlagTable {
  const { delegatesSince, servesUntil } = minors;
  return {
    ...everyonesFlags,
    master: { sort: 'own', means: "its own master's API server, whatever the kubeconfig names" },
    kubeconfig: { sort: 'place', means: 'how it logs in at the API server' },
    'authentication-kubeconfig': {
      since: delegatesSince,
      sort: 'place',
      means: 'by which it asks the API server who its own callers are',
    },
    'authorization-kubeconfig': {
      since: delegatesSince,
      sort: 'place',
      means: 'by which it asks the API server what its own callers may do',
    },
    address: {
      until: 23,
      byDefault: (minor) => (minor <= servesUntil ? '0.0.0.0' : null),
      means: 'where its port without login listens: health, metrics and profiles',
    },
    port: { until: 23, means: 'its port without login' },
    'secure-port': { since: delegatesSince, sort: 'own', means: 'its port with TLS' },
    'leader-elect': {
      byDefault: 'true',
      means: 'one of them works, the others stand by',
    },
    'leader-elect-resource-lock': {
      since: 7,
      byDefault: (minor) => (minor < 17 ? 'endpoints' : minor < 20 ? 'endpointsleases' : 'leases'),
      means: 'the kind of object that is the lock; from 1.28 only leases',
    },
    'leader-elect-lease-duration': {
      byDefault: '15s',
      means: 'how long a standby waits after a change of the record',
    },
    'leader-elect-renew-deadline': {
      byDefault: '10s',
      means: 'how long a leader tries to renew before it gives up',
    },
    'leader-elect-retry-period': { byDefault: '2s', means: 'how far apart tries are' },
  };
}

export const schedulerFlags: FlagTable = {
  ...electedFlags({ delegatesSince: 11, servesUntil: 22 }),
  'policy-config-file': {
    until: 22,
    sort: 'place',
    means: 'rules of scheduling, before there were profiles',
  },
};

export const controllerManagerFlags: FlagTable = {
  ...electedFlags({ delegatesSince: 10, servesUntil: 21 }),
  'root-ca-file': { sort: 'place', means: 'the CA that every service account is given' },
  'service-account-private-key-file': { sort: 'place', means: 'signs the tokens of service accounts' },
  'pod-eviction-timeout': { until: 26, means: 'how long pods stay on a node that went silent' },
};
