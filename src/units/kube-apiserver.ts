// The API server's unit: one on each master, all of them serving.
import { featuresOf, type MasterPlan, type UnitFile, type UnitPlan } from './plan.ts';
import { renderUnit } from './render.ts';

export function kubeApiserver(plan: UnitPlan, master: MasterPlan): UnitFile {
  const { keys } = master;
  const has = featuresOf(plan.version);
  return renderUnit({
    name: 'kube-apiserver.service',
    description: 'Kubernetes API Server',
    documentation: 'https://github.com/kubernetes/kubernetes',
    after: 'network.target',
    program: `${master.bin}/kube-apiserver`,
    flags: [
      `--etcd-servers=${master.etcdUrl ?? plan.etcd.url}`,
      `--etcd-cafile=${keys}/ca.crt`,
      `--etcd-certfile=${keys}/etcd-client.crt`,
      `--etcd-keyfile=${keys}/etcd-client.key`,
      ...(has.logFiles ? ['--logtostderr=false', `--log-dir=${master.logs}`] : []),
      '--v=6',
      '--allow-privileged=false',
      `--service-cluster-ip-range=${plan.serviceRange}`,
      '--service-node-port-range=30000-32767',
      admission(plan),
      `--authorization-mode=${has.nodeAuthorizer ? 'Node,RBAC' : 'RBAC'}`,
      `--advertise-address=${master.address}`,
      ...(master.bindAddress ? [`--bind-address=${master.bindAddress}`] : []),
      `--secure-port=${master.securePort}`,
      ...insecure(plan),
      `--client-ca-file=${keys}/ca.crt`,
      `--tls-cert-file=${keys}/server.crt`,
      `--tls-private-key-file=${keys}/server.key`,
      ...(plan.node.includes('kubelet') ? toKubelets(keys) : []),
      ...serviceAccounts(plan, keys),
      `--apiserver-count=${plan.masters.length}`,
      ...(has.reconcilerFlag || plan.reconciler
        ? [`--endpoint-reconciler-type=${plan.reconciler ?? 'master-count'}`]
        : []),
    ],
    service: ['Restart=on-failure', 'Type=notify', 'LimitNOFILE=65536'],
  });
}

function admission({ version }: UnitPlan): string {
  const has = featuresOf(version);
  const deny = has.securityContextDeny ? ',SecurityContextDeny' : '';
  const plugins = `NamespaceLifecycle,ServiceAccount,LimitRanger${deny},ResourceQuota`;
  return `--${has.admissionControlFlag ? 'admission-control' : 'enable-admission-plugins'}=${plugins}`;
}

function insecure({ version, insecurePort }: UnitPlan): string[] {
  if (!featuresOf(version).insecurePort) return [];
  return insecurePort === 'loopback'
    ? ['--insecure-bind-address=127.0.0.1', '--insecure-port=8080']
    : ['--insecure-port=0'];
}

// Kubelets answer nobody without a certificate: the API server needs one for logs and exec.
function toKubelets(keys: string): string[] {
  return [
    `--kubelet-client-certificate=${keys}/kubelet-client.crt`,
    `--kubelet-client-key=${keys}/kubelet-client.key`,
  ];
}

function serviceAccounts(plan: UnitPlan, keys: string): string[] {
  const has = featuresOf(plan.version);
  if (!has.signedTokens) return [`--service-account-key-file=${keys}/sa.pub`];
  return [
    `--service-account-key-file=${keys}/sa.pub`,
    `--service-account-signing-key-file=${keys}/sa.key`,
    '--service-account-issuer=https://kubernetes.default',
    `--requestheader-client-ca-file=${keys}/ca.crt`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
  ];
}
