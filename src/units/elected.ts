// The units of the components that elect a leader: scheduler and controller-manager.
import { featuresOf, type MasterPlan, type UnitFile, type UnitPlan } from './plan.ts';
import { renderUnit } from './render.ts';

export function kubeScheduler(plan: UnitPlan, master: MasterPlan): UnitFile {
  return renderUnit({
    name: 'kube-scheduler.service',
    description: 'Kubernetes Scheduler',
    documentation: 'https://github.com/kubernetes/kubernetes',
    program: `${master.bin}/kube-scheduler`,
    flags: [
      // As in the tutorial: the scheduler's log goes to the journal, the controller-manager's to a file.
      ...(featuresOf(plan.version).logFiles ? ['--logtostderr=true'] : []),
      ...elected(plan, master, 'kube-scheduler'),
    ],
    service: ['Restart=on-failure', 'LimitNOFILE=65536'],
  });
}

export function kubeControllerManager(plan: UnitPlan, master: MasterPlan): UnitFile {
  return renderUnit({
    name: 'kube-controller-manager.service',
    description: 'Kubernetes Controller Manager',
    documentation: 'https://github.com/kubernetes/kubernetes',
    program: `${master.bin}/kube-controller-manager`,
    flags: [
      `--root-ca-file=${master.keys}/ca.crt`,
      `--service-account-private-key-file=${master.keys}/sa.key`,
      ...(featuresOf(plan.version).logFiles ? ['--logtostderr=false', `--log-dir=${master.logs}`] : []),
      ...elected(plan, master, 'kube-controller-manager'),
    ],
    service: ['Restart=on-failure', 'LimitNOFILE=65536'],
  });
}

// The posted units have --v=3 or nothing, and would print neither a standby's looks nor a leader's renewals.
function elected(plan: UnitPlan, master: MasterPlan, component: string): string[] {
  const { lock, terms = {} } = plan;
  const kubeconfig = `${master.keys}/${component}.kubeconfig`;
  const has = featuresOf(plan.version);
  return [
    '--v=6',
    `--master=${master.api}`,
    `--kubeconfig=${kubeconfig}`,
    ...(has.delegatedAuth
      ? [`--authentication-kubeconfig=${kubeconfig}`, `--authorization-kubeconfig=${kubeconfig}`]
      : []),
    ...(plan.sharedMachine && has.delegatedAuth ? ['--secure-port=0'] : []),
    // Otherwise health, metrics and profiles are open to anyone.
    ...(has.servesInsecurely ? [plan.sharedMachine ? '--port=0' : '--address=127.0.0.1'] : []),
    '--leader-elect=true',
    ...(has.lockFlag ? [`--leader-elect-resource-lock=${lock}`] : []),
    ...(terms.leaseDuration ? [`--leader-elect-lease-duration=${terms.leaseDuration}`] : []),
    ...(terms.renewDeadline ? [`--leader-elect-renew-deadline=${terms.renewDeadline}`] : []),
    ...(terms.retryPeriod ? [`--leader-elect-retry-period=${terms.retryPeriod}`] : []),
  ];
}
