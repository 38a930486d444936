// Cells that speak of a node.
import { at, type KubeObject, listAt, textAt } from './object.ts';

export function nodeStatus(node: KubeObject): string {
  const ready = listAt(node, 'status.conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  const words = [ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady'];
  if (at(node, 'spec.unschedulable') === true) words.push('SchedulingDisabled');
  return words.join(',');
}

export function nodeRoles(node: KubeObject): string {
  const before = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter((label) => label.startsWith(before))
    .map((label) => label.slice(before.length));
  return roles.length === 0 ? '<none>' : roles.sort().join(',');
}

export const nodeAddress = (type: string) => (node: KubeObject) => {
  const address = listAt(node, 'status.addresses').find((one) => textAt(one, 'type') === type);
  return textAt(address, 'address') || '<none>';
};
