// The units that make the first master a node too: kubelet and kube-proxy.
import { featuresOf, type MasterPlan, type UnitFile, type UnitPlan } from './plan.ts';
import { renderUnit } from './render.ts';

export function kubelet(plan: UnitPlan, master: MasterPlan): UnitFile {
  const has = featuresOf(plan.version);
  return renderUnit({
    name: 'kubelet.service',
    description: 'Kubernetes Kubelet',
    ...(has.docker
      ? { after: 'docker.service', requires: 'docker.service' }
      : { after: 'containerd.service' }),
    program: `${master.bin}/kubelet`,
    flags: [
      `--hostname-override=${master.address}`,
      `--kubeconfig=${master.keys}/kubelet.kubeconfig`,
      ...(has.requireKubeconfig ? ['--require-kubeconfig=true'] : []),
      '--register-node=true',
      ...(has.logFiles ? ['--logtostderr=false', `--log-dir=${master.logs}`] : []),
      '--v=3',
      '--cluster-dns=172.18.0.5',
      '--cluster-domain=cluster.local',
      // By its defaults anyone may list pods and run commands in their containers.
      '--anonymous-auth=false',
      '--authorization-mode=Webhook',
      `--client-ca-file=${master.keys}/ca.crt`,
      '--read-only-port=0',
      ...(has.docker ? [] : ['--container-runtime-endpoint=unix:///run/containerd/containerd.sock']),
    ],
    service: ['Restart=on-failure', 'KillMode=process'],
  });
}

export function kubeProxy(plan: UnitPlan, master: MasterPlan): UnitFile {
  return renderUnit({
    name: 'kube-proxy.service',
    description: 'Kubernetes Proxy',
    after: 'network.target',
    program: `${master.bin}/kube-proxy`,
    flags: [
      `--hostname-override=${master.address}`,
      `--master=${master.api}`,
      `--kubeconfig=${master.keys}/kube-proxy.kubeconfig`,
      ...(featuresOf(plan.version).logFiles ? ['--logtostderr=true'] : []),
    ],
    service: ['Restart=on-failure'],
  });
}
