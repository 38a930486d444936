// The systemd units of a real master's control plane, as the tutorial lays it out, for the two versions tested.
import { addressOf, SERVICE_RANGE } from './places.ts';

export type Version = '1.20.2' | '1.36.3';

const FILES = '/srv/kubernetes';
export const LOG_FOLDER = '/var/log/kubernetes';

function unit(name: string, options: { command: readonly string[]; service?: readonly string[] }): string {
  return [
    '[Unit]',
    `Description=${name}`,
    'After=network.target',
    '[Service]',
    `ExecStart=${options.command.join(' ')}`,
    ...(options.service ?? []),
    'Restart=on-failure',
    'RestartSec=5',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

function apiserverFlags(master: string, count: number): string[] {
  return [
    `--advertise-address=${addressOf(master)}`,
    `--apiserver-count=${count}`,
    '--endpoint-reconciler-type=master-count',
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    '--secure-port=6443',
    `--etcd-servers=http://${addressOf('kuberm')}:2379`,
    '--enable-admission-plugins=NamespaceLifecycle,LimitRanger,ServiceAccount,ResourceQuota',
    '--authorization-mode=RBAC',
    `--service-account-key-file=${FILES}/sa.pub`,
    `--service-account-signing-key-file=${FILES}/sa.key`,
    '--service-account-issuer=https://kubernetes.default',
    `--client-ca-file=${FILES}/ca.crt`,
    `--requestheader-client-ca-file=${FILES}/front-proxy-ca.crt`,
    '--requestheader-username-headers=X-Remote-User',
    `--tls-cert-file=${FILES}/server.crt`,
    `--tls-private-key-file=${FILES}/server.key`,
    '--v=2',
  ];
}

function electionFlags(version: Version): string[] {
  const login = ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'];
  return [
    ...login.map((flag) => `--${flag}=${FILES}/kubeconfig`),
    '--leader-elect=true',
    `--leader-elect-resource-lock=${version === '1.20.2' ? 'endpoints' : 'leases'}`,
    '--v=5',
  ];
}

/** etcd, beside the first master only; its data lies in the master's own throw-away file system. */
function etcdUnit(master: string): string {
  const address = addressOf(master);
  const listen = [
    '--listen-client-urls=http://0.0.0.0:2379',
    `--advertise-client-urls=http://${address}:2379`,
  ];
  return unit('etcd', {
    command: ['/usr/bin/etcd', `--name=${master}`, '--data-dir=/var/lib/etcd/lab', ...listen],
  });
}

/**
 * Unit file name to text, for one master of `count`. 1.20.2 writes klog files; of 1.36.3 the scheduler writes to a file and the
 * controller-manager to the journal, so that both places of today are covered.
 */
export function controlPlaneUnits(master: string, version: Version, count: number): Map<string, string> {
  const old = version === '1.20.2';
  const klog = old ? ['--logtostderr=false', `--log-dir=${LOG_FOLDER}`] : [];
  const insecure = old ? ['--insecure-port=0'] : [];
  const managing = [
    `--service-account-private-key-file=${FILES}/sa.key`,
    `--root-ca-file=${FILES}/ca.crt`,
    '--controllers=*,bootstrapsigner,tokencleaner',
  ];
  const election = electionFlags(version);
  const units = new Map([
    [
      'kube-apiserver.service',
      unit('kube-apiserver', {
        command: ['/opt/bin/kube-apiserver', ...apiserverFlags(master, count), ...insecure, ...klog],
      }),
    ],
    [
      'kube-scheduler.service',
      unit('kube-scheduler', {
        command: ['/opt/bin/kube-scheduler', ...election, ...klog],
        service: old ? [] : [`StandardError=append:${LOG_FOLDER}/kube-scheduler.log`],
      }),
    ],
    [
      'kube-controller-manager.service',
      unit('kube-controller-manager', {
        command: ['/opt/bin/kube-controller-manager', ...election, ...klog, ...managing],
      }),
    ],
  ]);
  if (master === 'kuberm') units.set('etcd.service', etcdUnit(master));
  return units;
}
