// The tutorial's units as the program renders them for these masters, each with a drop-in for what a test master needs.
import type { UnitFile } from '../../../src/units/plan.ts';
import { tutorialPlan } from '../../../src/units/tutorialplan.ts';
import { unitsOf } from '../../../src/units/units.ts';
import { addressOf, LOG_FOLDER } from './places.ts';

export type Version = '1.20.2' | '1.36.3';

export const KUBELET_CONFIG = '/srv/kubernetes/kubelet.yaml';
export const RUNTIME = 'unix:///run/containerd/containerd.sock';

/** Units of a node; where there is none, they are left out. */
const NODE_UNITS = ['kubelet.service', 'kube-proxy.service'];

interface More {
  /** Flags beside those rendered: the last one of a name counts. */
  readonly flags?: readonly string[];
  /** Lines of [Service]. */
  readonly service?: readonly string[];
}

/** What a node's units need beside what is rendered. Up to 1.23 a kubelet's runtime is docker unless told. */
function moreOnNodes(version: Version): Readonly<Record<string, More>> {
  const runtime = ['--container-runtime=remote', `--container-runtime-endpoint=${RUNTIME}`];
  const conntrack = ['max-per-core', 'tcp-timeout-established', 'tcp-timeout-close-wait'];
  return {
    'kubelet.service': {
      flags: [`--config=${KUBELET_CONFIG}`, ...(version === '1.20.2' ? runtime : [])],
    },
    // Those settings cannot be written in a master, and 0 leaves them alone.
    'kube-proxy.service': {
      flags: ['--proxy-mode=iptables', ...conntrack.map((name) => `--conntrack-${name}=0`)],
    },
  };
}

/**
 * Where there is no node, logs are what most clusters have, without requests, and lie in each place there is: 1.20.2 writes
 * klog files; of 1.36.3 the scheduler writes to a file and the controller-manager to the journal. Today's ask their API server
 * over the loopback, as kubeadm's static pods can.
 */
function moreWithoutNodes(version: Version): Readonly<Record<string, More>> {
  if (version === '1.20.2') {
    const klog = ['--v=5', '--logtostderr=false', `--log-dir=${LOG_FOLDER}`];
    return { 'kube-scheduler.service': { flags: klog }, 'kube-controller-manager.service': { flags: klog } };
  }
  const flags = ['--v=5', '--master=https://127.0.0.1:6443'];
  return {
    'kube-scheduler.service': {
      flags,
      service: [`StandardError=append:${LOG_FOLDER}/kube-scheduler.log`],
    },
    'kube-controller-manager.service': { flags },
  };
}

/** Unit file name to text for `master`, one of `masters`; drop-ins are named as they lie beside their unit. */
export function renderedUnits(
  master: string,
  options: { version: Version; masters: readonly string[]; nodes: boolean },
): Map<string, string> {
  const { version, masters, nodes } = options;
  const plan = tutorialPlan(
    masters.map((name) => ({ name, address: addressOf(name) })),
    version,
  );
  // The tutorial's kind of lock, as long as there was a choice.
  const units = unitsOf({ ...plan, lock: version === '1.20.2' ? 'endpoints' : 'leases' }).get(master) ?? [];
  const more: Readonly<Record<string, More>> = {
    // Its requests are read in no test, and a log of them all is work.
    'kube-apiserver.service': { flags: ['--v=2'] },
    ...(nodes ? moreOnNodes(version) : moreWithoutNodes(version)),
  };
  const files = new Map<string, string>();
  for (const unit of units) {
    if (!nodes && NODE_UNITS.includes(unit.name)) continue;
    files.set(unit.name, unit.text);
    const command = commandOf(unit);
    // The store is Debian's.
    const own = unit.name === 'etcd.service' ? command.replace('/opt/bin/', '/usr/bin/') : command;
    const { flags = [], service = [] } = more[unit.name] ?? {};
    const wanted = [own, ...flags].join(' \\\n  ');
    const lines = [...(wanted === command ? [] : ['ExecStart=', wanted]), ...service];
    if (lines.length > 0) files.set(`${unit.name}.d/lab.conf`, ['[Service]', ...lines, ''].join('\n'));
  }
  return files;
}

function commandOf({ name, text }: UnitFile): string {
  const [command] = /^ExecStart=(?:.*\\\n)*.*$/m.exec(text) ?? [];
  if (command === undefined) throw new Error(`${name} starts nothing`);
  return command;
}
