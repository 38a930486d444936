// Watches nodes' heartbeats and marks those that have gone quiet: the controller-manager's visible job.

import { readDuration } from '../../model/duration.ts';
import type { Condition, Node } from '../client/object.ts';
import { reflect } from '../client/reflector.ts';
import { ownDate } from '../clock/clock.ts';
import type { Component } from '../elector/component.ts';
import { structured } from '../klog/structured.ts';
import { goDuration, goTime } from './gotime.ts';

interface Heard {
  /** The heartbeats as last seen. */
  readonly beat: string;
  /** Monotonic time at which they last changed. */
  readonly atMs: number;
}

/** Runs until the process ends. */
export function watchNodes(component: Component): void {
  const { signal } = new AbortController();
  const nodes = reflect<Node>(component.client, { path: '/api/v1/nodes', signal, changed: () => undefined });
  const heard = new Map<string, Heard>();
  const given = (flag: string, otherMs: number) => readDuration(component.flags.get(flag) ?? '') ?? otherMs;
  const graceMs = given('node-monitor-grace-period', 40_000);
  setInterval(
    () => {
      const nowMs = performance.now();
      for (const node of nodes.objects.values()) {
        const { name } = node.metadata;
        const beat = beatOf(node);
        const last = heard.get(name);
        if (last?.beat !== beat) heard.set(name, { beat, atMs: nowMs });
        else if (nowMs - last.atMs > graceMs) quiet(component, node, nowMs - last.atMs);
      }
      for (const name of heard.keys()) if (!nodes.objects.has(name)) heard.delete(name);
    },
    given('node-monitor-period', 5000),
  );
}

function beatOf({ status }: Node): string {
  return (status?.conditions ?? [])
    .map(({ type, lastHeartbeatTime }) => `${type}=${lastHeartbeatTime}`)
    .join();
}

function quiet(component: Component, node: Node, forMs: number): void {
  const conditions = node.status?.conditions ?? [];
  for (const condition of conditions) tell(component, { node, condition, forMs });
  if (conditions.every(({ status }) => status === 'Unknown')) return;
  const now = `${ownDate().toISOString().slice(0, 19)}Z`;
  const marked = conditions.map((condition) =>
    condition.status === 'Unknown'
      ? condition
      : {
          ...condition,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: now,
        },
  );
  const { name } = node.metadata;
  component.client
    .send({
      method: 'PATCH',
      path: `/api/v1/nodes/${name}/status`,
      body: { metadata: { resourceVersion: node.metadata.resourceVersion }, status: { conditions: marked } },
    })
    .then(() => {
      const about = { ...node, kind: 'Node', apiVersion: 'v1' };
      const message = `Node ${name} status is now: NodeNotReady`;
      component.emit({ about, type: 'Normal', reason: 'NodeNotReady', message });
    })
    // Somebody wrote it meanwhile, or the API is away: the next look decides anew.
    .catch(() => undefined);
}

function tell(
  { klog, style }: Component,
  { node, condition, forMs }: { readonly node: Node; readonly condition: Condition; readonly forMs: number },
): void {
  const { name } = node.metadata;
  const { type } = condition;
  if (style === '1.36') {
    const fields = {
      node: name,
      duration: goDuration(forMs),
      nodeConditionType: type,
      currentCondition: condition,
    };
    klog.v(
      4,
      'node_lifecycle_controller.go:1012',
      structured('Condition of node was never updated by kubelet', fields),
    );
    return;
  }
  const last = type === 'Ready' ? 'ready condition' : type;
  klog.v(
    4,
    'nodecontroller.go:1044',
    `node ${name} hasn't been updated for ${goDuration(forMs)}. Last ${last} is: ${goCondition(condition)}`,
  );
}

function goCondition(condition: Condition): string {
  const { type, status, reason = '', message = '' } = condition;
  const beat = goTime(condition.lastHeartbeatTime);
  const changed = goTime(condition.lastTransitionTime);
  return `&NodeCondition{Type:${type},Status:${status},LastHeartbeatTime:${beat},LastTransitionTime:${changed},Reason:${reason},Message:${message},}`;
}
