// Cells that speak of a pod.
import { at, type KubeObject, listAt, textAt } from './object.ts';

const statuses = (pod: KubeObject) => listAt(pod, 'status.containerStatuses');

export function podReady(pod: KubeObject): string {
  const ready = statuses(pod).filter((status) => at(status, 'ready') === true).length;
  return `${ready}/${listAt(pod, 'spec.containers').length}`;
}

/** The phase, or what says more: a container's reason, or that it is on its way out. */
export function podStatus(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  for (const status of statuses(pod)) {
    const reason = textAt(status, 'state.waiting.reason') || textAt(status, 'state.terminated.reason');
    if (reason !== '') return reason;
  }
  return textAt(pod, 'status.reason') || textAt(pod, 'status.phase') || 'Unknown';
}

export const podRestarts = (pod: KubeObject): string =>
  String(statuses(pod).reduce<number>((sum, status) => sum + Number(textAt(status, 'restartCount') || 0), 0));
