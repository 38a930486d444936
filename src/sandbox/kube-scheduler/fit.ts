// Which node a pod goes to, or why to none, in the words of either version.
import type { Node, Pod } from '../client/object.ts';
import type { Style } from '../kube-apiserver/style.ts';

export type Placing = { readonly node: string } | { readonly why: string };

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

type Obstacle = 'NotReady' | 'Unschedulable' | 'Selector' | 'Taint';

const words: Readonly<Record<Style, Readonly<Record<Obstacle, string>>>> = {
  '1.6': {
    NotReady: 'NodeNotReady',
    Unschedulable: 'NodeUnschedulable',
    Selector: 'MatchNodeSelector',
    Taint: 'PodToleratesNodeTaints',
  },
  '1.36': {
    NotReady: 'node(s) had untolerated taint(s)',
    Unschedulable: 'node(s) were unschedulable',
    Selector: "node(s) didn't match Pod's node affinity/selector",
    Taint: 'node(s) had untolerated taint(s)',
  },
};

/** @param load pods by the node they are on; the least loaded fitting node is taken, then the first by name. */
export function placePod(
  pod: Pod,
  {
    nodes,
    load,
    style,
  }: { readonly nodes: readonly Node[]; readonly load: ReadonlyMap<string, number>; readonly style: Style },
): Placing {
  const obstacles = new Map<string, number>();
  const fitting: string[] = [];
  for (const node of nodes) {
    const obstacle = obstacleOf(pod, node);
    if (obstacle === null) fitting.push(node.metadata.name);
    else obstacles.set(words[style][obstacle], (obstacles.get(words[style][obstacle]) ?? 0) + 1);
  }
  const busyness = (name: string) => load.get(name) ?? 0;
  const [best] = fitting.sort((a, b) => busyness(a) - busyness(b) || a.localeCompare(b));
  return best === undefined ? { why: reasonOf(style, nodes.length, obstacles) } : { node: best };
}

function obstacleOf(pod: Pod, node: Node): Obstacle | null {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True') return 'NotReady';
  if (node.spec?.unschedulable) return 'Unschedulable';
  const labels = node.metadata.labels ?? {};
  const wanted = Object.entries(pod.spec.nodeSelector ?? {});
  if (wanted.some(([key, value]) => labels[key] !== value)) return 'Selector';
  const taints = (node.spec?.taints ?? []) as readonly Taint[];
  const tolerations = (pod.spec.tolerations ?? []) as readonly Toleration[];
  const repelling = taints.some(
    (taint) => taint.effect !== 'PreferNoSchedule' && !tolerations.some((one) => tolerates(one, taint)),
  );
  return repelling ? 'Taint' : null;
}

function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (!key) return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
}

function reasonOf(style: Style, nodes: number, obstacles: ReadonlyMap<string, number>): string {
  if (nodes === 0) return 'no nodes available to schedule pods';
  const counted = [...obstacles].sort(([a], [b]) => a.localeCompare(b));
  if (style === '1.6') {
    const listed = counted.map(([why, count]) => `${why} (${count})`).join(', ');
    return `No nodes are available that match all of the following predicates:: ${listed}.`;
  }
  return `0/${nodes} nodes are available: ${counted.map(([why, count]) => `${count} ${why}`).join(', ')}.`;
}
