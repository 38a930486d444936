// The rights that are enough: sudoers lines for the login on a master, RBAC for the login at the API server.
import type { Instance } from '../components/instance.ts';
import type { Argv, Host } from '../hosts/host.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { logCheckArgv, mayActArgv } from './checks/master.ts';
import { dropInOf, reloadArgv, signalArgv, startArgv, stopArgv } from './faults/process.ts';
import { stopNoBlockArgv } from './faults/servers.ts';
import { followArgv, historyLines } from './watch/logs.ts';
import { disarmArgv, forgetArgv, resetArgv, returnUnit } from './wayback.ts';

export interface RightsWish {
  readonly user: string;
  /** What was found on this master. */
  readonly instances: readonly Instance[];
  readonly cluster: Inventory['cluster'];
}

/**
 * Lines for /etc/sudoers.d/kha-lab on this master: the very commands that are run with `sudo -n`, with the paths their
 * programs have there. Only the timer's line is open, as sudoers cannot say of a command's middle what it may be.
 */
export async function sudoersLines(host: Host, wish: RightsWish): Promise<readonly string[]> {
  const commands = commandsOf(wish);
  const all = [...commands, ...faultCommands(wish)];
  const paths = await pathsOf(host, [
    ...new Set(all.map(([program = '']) => program)),
    'systemd-run',
    'iptables',
  ]);
  const allow = (program: string, words: readonly string[]) =>
    `${wish.user} ALL=(root) NOPASSWD: ${[paths.get(program) ?? program, ...words].join(' ')}`;
  const exact = commands.map(([program = '', ...words]) => allow(program, words.map(escaped)));
  const timer = allow('systemd-run', [escaped(`--unit=${returnUnit}`), '*']);
  const more = faultCommands(wish).map(([program = '', ...words]) => allow(program, words.map(escaped)));
  return [
    ...new Set(exact),
    '# The next lines are for faults other than stop: kill, freeze, zombie, apiserver, etcd, cut.',
    ...[...new Set(more)].filter((line) => !exact.includes(line)),
    allow('iptables', ['-w', '*']),
    '# The next line is as good as root: systemd-run starts what it is told to. Without it no fault is issued.',
    timer,
  ];
}

function commandsOf({ instances, cluster }: RightsWish): readonly Argv[] {
  const elected = instances.filter(({ terms }) => terms !== null);
  return [
    mayActArgv,
    ...elected.flatMap((instance) => {
      const { unit, logs } = instance;
      const read = logs
        ? [followArgv(logs, historyLines.first), followArgv(logs, historyLines.again), logCheckArgv(instance)]
        : [];
      return [stopArgv(unit), startArgv(unit), resetArgv(unit), ...read];
    }),
    disarmArgv,
    forgetArgv,
    ...(cluster.via === 'ssh' ? [['cat', cluster.kubeconfig]] : []),
  ];
}

/** What the other faults type. */
function faultCommands({ instances }: RightsWish): readonly Argv[] {
  const processes = instances.filter(({ terms }) => terms !== null);
  const servers = instances.filter(({ component }) => component === 'kube-apiserver' || component === 'etcd');
  return [
    ...processes.flatMap(({ unit }) => {
      const { makeFolder, write, remove, removeFolder } = dropInOf(unit);
      const signals = ['SIGKILL', 'SIGSTOP', 'SIGCONT'].map((signal) => signalArgv(signal, unit));
      return [...signals, makeFolder, write, remove, removeFolder];
    }),
    reloadArgv,
    ...servers.flatMap(({ unit }) => [
      stopNoBlockArgv(unit),
      stopArgv(unit),
      startArgv(unit),
      resetArgv(unit),
    ]),
  ];
}

async function pathsOf(host: Host, programs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = new Map<string, string>();
  for (const program of programs) {
    const { stdout } = await host.ask(['sh', '-c', `PATH="$PATH:/usr/sbin:/sbin"; command -v ${program}`]);
    paths.set(program, stdout.trim() || `/usr/bin/${program}`);
  }
  return paths;
}

/** What sudoers reads as its own in a command's words. */
function escaped(word: string): string {
  return word.replaceAll(/[:,=\\*?[\]!]/g, '\\$&');
}

/** A ClusterRole that allows looking, and canaries in namespaces of kha-lab's own. */
export const rbac = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: kha-lab
rules:
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [endpoints, configmaps, events]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [namespaces, pods, replicationcontrollers]
    verbs: [get, list, watch, create, delete, deletecollection]
  - nonResourceURLs: [/readyz, /healthz, /version]
    verbs: [get]
`;
