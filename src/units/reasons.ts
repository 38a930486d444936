// Why a flag of the tutorial is not as it was posted, by component and version.
import type { UnitComponent } from '../model/unitflags/table.ts';

type Reason = (minor: number) => string;

const toJournal: Reason = () =>
  'gone in 1.26, klog writes no files of its own: stderr goes to the journal, journalctl -u with the name of the unit';

const ownApi: Reason = (minor) =>
  `8080 asks nobody who he is${minor < 20 ? '' : ' and is served no more from 1.20'}; its own master's API server is reached by TLS with the certificate in --kubeconfig`;

const level: Reason = (minor) =>
  `at 3 neither looks nor renewals of leader election are logged: a standby's looks need 4, renewals ${minor < 13 ? 4 : 5}, GET and PUT 6`;

const reasons: Readonly<Partial<Record<UnitComponent, Readonly<Record<string, Reason>>>>> = {
  'kube-apiserver': {
    'insecure-bind-address': (minor) => {
      if (minor < 20)
        return '0.0.0.0 made everyone who reaches the master its administrator, without login; now only its own users are';
      if (minor < 24) return 'without effect from 1.20, as the port without login is served no more';
      return 'gone in 1.24';
    },
    'insecure-port': (minor) =>
      minor < 24
        ? 'from 1.20 only 0 is allowed, which is the default: all go to 6443 with a certificate'
        : 'gone in 1.24: all go to 6443 with a certificate',
    'etcd-servers': () =>
      'http on 2379 let everyone who reaches it read and write every object, secrets too; our store asks for certificates',
    'allow-privileged': () => 'true on the second master only was an oversight: one rule for all',
    'admission-control': (minor) => {
      const how =
        'from 1.10 --enable-admission-plugins adds to the plugins that are on by default, in an order of its own';
      if (minor < 27) return how;
      if (minor < 30) return `${how}; SecurityContextDeny is left out, as it needs a feature gate from 1.27`;
      return `${how}; SecurityContextDeny is gone from 1.30: labels of Pod Security on namespaces do its work`;
    },
    'storage-backend': (minor) =>
      minor < 13
        ? "etcd3 is the default from 1.6, and today's etcd answers the old protocol only when told to"
        : 'etcd3 is the default from 1.6, and 1.13 removed etcd2',
    logtostderr: toJournal,
    'log-dir': toJournal,
    'apiserver-count': () => 'as many as there are masters',
  },
  'kube-controller-manager': { master: ownApi, v: level, logtostderr: toJournal, 'log-dir': toJournal },
  'kube-scheduler': { master: ownApi, logtostderr: toJournal },
  'kube-proxy': { master: ownApi, logtostderr: toJournal },
  kubelet: {
    'api-servers': (minor) =>
      minor < 8
        ? 'deprecated for --kubeconfig, and 8080 asks nobody who he is: the kubeconfig names its own master with a certificate'
        : 'gone in 1.8: --kubeconfig names its own master, with a certificate',
    logtostderr: toJournal,
    'log-dir': toJournal,
  },
};

/** Flags that are as posted, but mean something else in this version. */
const otherwise: Readonly<Record<string, (minor: number) => string | null>> = {
  'apiserver-count': (minor) => {
    if (minor < 9) return null;
    const why = 'counts only with --endpoint-reconciler-type=master-count';
    if (minor < 11) return `${why}, which is still the default`;
    return `${why}; the default from 1.11 is lease, which takes a dead API server out of the endpoints${minor < 24 ? '' : '. Both flags are deprecated from 1.24: leave them out on masters you rely on'}`;
  },
  'insecure-port': (minor) =>
    minor >= 10 && minor < 20 ? 'deprecated from 1.10; from 1.20 only 0 is allowed' : null,
};

const replacements: Readonly<Partial<Record<UnitComponent, Readonly<Record<string, string>>>>> = {
  'kube-apiserver': { 'admission-control': 'enable-admission-plugins' },
  kubelet: { 'api-servers': 'kubeconfig' },
};

/** The flag that does now what the posted one did; null: it is the same one, or none. */
export function replacementOf(component: UnitComponent, flag: string): string | null {
  return replacements[component]?.[flag] ?? null;
}

/** Why the posted flag is not rendered as posted. */
export function reasonFor(component: UnitComponent, flag: string, minor: number): string | null {
  return reasons[component]?.[flag]?.(minor) ?? null;
}

/** What to know of a posted flag that is rendered as posted; null: nothing. */
export function remarkOn(component: UnitComponent, flag: string, minor: number): string | null {
  return component === 'kube-apiserver' ? (otherwise[flag]?.(minor) ?? null) : null;
}
