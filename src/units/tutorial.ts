// The flags of the tutorial's eight units as they were posted for 1.6 in 2017, and its two masters.
import type { UnitComponent } from '../model/unitflags/table.ts';

export interface Addressed {
  readonly name: string;
  /** An IP address. */
  readonly address: string;
}

export const tutorialMasters: readonly [Addressed, Addressed] = [
  { name: 'kuberm', address: '172.16.155.158' },
  { name: 'kuberm2', address: '172.16.155.165' },
];

/** The flags posted for a component, in order, with these addresses for the tutorial's; none where it shows no unit. */
export function postedFlags(
  component: UnitComponent,
  { address, at, store }: { readonly address: string; readonly at: number; readonly store: string },
): readonly string[] {
  const files = '/srv/kubernetes';
  const toFiles = ['--logtostderr=false', '--log-dir=/var/log/kubernetes'];
  switch (component) {
    case 'kube-apiserver':
      return [
        '--insecure-bind-address=0.0.0.0',
        '--insecure-port=8080',
        `--etcd-servers=http://${store}:2379`,
        // The one flag in which its two masters differ and should not.
        `--allow-privileged=${at > 0}`,
        '--service-cluster-ip-range=172.18.0.0/16',
        '--admission-control=NamespaceLifecycle,ServiceAccount,LimitRanger,SecurityContextDeny,ResourceQuota',
        '--service-node-port-range=30000-32767',
        `--advertise-address=${address}`,
        '--v=6',
        '--storage-backend=etcd2',
        ...toFiles,
        `--client-ca-file=${files}/ca.crt`,
        `--tls-private-key-file=${files}/server.key`,
        `--tls-cert-file=${files}/server.cert`,
        `--service-account-key-file=${files}/server.key`,
        '--secure-port=6443',
        '--apiserver-count=2',
      ];
    case 'kube-controller-manager':
      return [
        `--master=${address}:8080`,
        `--root-ca-file=${files}/ca.crt`,
        `--service-account-private-key-file=${files}/server.key`,
        ...toFiles,
        '--v=3',
        '--leader-elect=true',
      ];
    case 'kube-scheduler':
      return ['--logtostderr=true', `--master=${address}:8080`, '--leader-elect=true'];
    case 'kube-proxy':
      return [`--hostname-override=${address}`, `--master=http://${address}:8080`, '--logtostderr=true'];
    case 'kubelet':
      return [
        `--hostname-override=${address}`,
        `--api-servers=http://${address}:8080`,
        '--register-node=true',
        ...toFiles,
        '--v=3',
        '--cluster-dns=172.18.0.5',
        '--cluster-domain=cluster.local',
      ];
    case 'etcd':
      return [];
  }
}
