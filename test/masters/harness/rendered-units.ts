// The tutorial's units as the program renders them for these masters, each with a drop-in for what a test master needs.
import type { UnitFile } from '../../../src/units/plan.ts';
import { tutorialPlan } from '../../../src/units/tutorialplan.ts';
import { unitsOf } from '../../../src/units/units.ts';
import type { Version } from './control-plane-units.ts';
import { addressOf } from './places.ts';

export const KUBELET_CONFIG = '/srv/kubernetes/kubelet.yaml';
export const RUNTIME = 'unix:///run/containerd/containerd.sock';

/** Flags beside those rendered, by unit. Up to 1.23 a kubelet's runtime is docker unless told. */
function moreFlags(version: Version): Readonly<Record<string, readonly string[]>> {
  const runtime = ['--container-runtime=remote', `--container-runtime-endpoint=${RUNTIME}`];
  const conntrack = ['max-per-core', 'tcp-timeout-established', 'tcp-timeout-close-wait'];
  return {
    // Its requests are read in no test, and a log of them all is work.
    'kube-apiserver.service': ['--v=2'],
    'kubelet.service': [`--config=${KUBELET_CONFIG}`, ...(version === '1.20.2' ? runtime : [])],
    // Those settings cannot be written in a master, and 0 leaves them alone.
    'kube-proxy.service': ['--proxy-mode=iptables', ...conntrack.map((name) => `--conntrack-${name}=0`)],
  };
}

/** Unit file name to text for `master`, one of `masters`; drop-ins are named as they lie beside their unit. */
export function renderedUnits(
  master: string,
  { version, masters }: { version: Version; masters: readonly string[] },
): Map<string, string> {
  const plan = tutorialPlan(
    masters.map((name) => ({ name, address: addressOf(name) })),
    version,
  );
  // The tutorial's kind of lock, as long as there was a choice.
  const units = unitsOf({ ...plan, lock: version === '1.20.2' ? 'endpoints' : 'leases' }).get(master) ?? [];
  const files = new Map<string, string>();
  for (const unit of units) {
    files.set(unit.name, unit.text);
    const command = commandOf(unit);
    // The store is Debian's.
    const own = unit.name === 'etcd.service' ? command.replace('/opt/bin/', '/usr/bin/') : command;
    const wanted = [own, ...(moreFlags(version)[unit.name] ?? [])].join(' \\\n  ');
    if (wanted !== command) files.set(`${unit.name}.d/lab.conf`, `[Service]\nExecStart=\n${wanted}\n`);
  }
  return files;
}

function commandOf({ name, text }: UnitFile): string {
  const [command] = /^ExecStart=(?:.*\\\n)*.*$/m.exec(text) ?? [];
  if (command === undefined) throw new Error(`${name} starts nothing`);
  return command;
}
