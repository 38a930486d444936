// Emits Kubernetes Events about objects, and logs them where the real components do.

import { randomBytes } from 'node:crypto';
import { ownDate } from '../clock/clock.ts';
import type { Klog } from '../klog/klog.ts';
import { structured } from '../klog/structured.ts';
import type { Style } from '../kube-apiserver/style.ts';
import type { ApiClient } from './client.ts';
import type { KubeObject } from './object.ts';

export interface EventNote {
  readonly about: KubeObject & { readonly kind: string; readonly apiVersion: string };
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** Sends in the background and never throws: events are best effort, and get lost with their process. */
export type EmitEvent = (note: EventNote) => void;

export function eventEmitter({
  client,
  klog,
  style,
  component,
  logs,
}: {
  readonly client: ApiClient;
  readonly klog: Klog;
  readonly style: Style;
  /** The event's `source.component`. */
  readonly component: string;
  /** Whether the events are printed in the component's own log. */
  readonly logs: boolean;
}): EmitEvent {
  return ({ about, type, reason, message }) => {
    const { name, namespace, uid, resourceVersion } = about.metadata;
    if (logs)
      klog.log(
        'INFO',
        style === '1.6' ? 'event.go:217' : 'event.go:389',
        logLine(style, { about, type, reason, message }),
      );
    const now = `${ownDate().toISOString().slice(0, 19)}Z`;
    const body = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${randomBytes(8).toString('hex')}`, namespace: namespace ?? 'default' },
      involvedObject: {
        kind: about.kind,
        namespace,
        name,
        uid,
        apiVersion: about.apiVersion,
        resourceVersion,
      },
      reason,
      message,
      source: { component },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
    };
    const path = `/api/v1/namespaces/${namespace ?? 'default'}/events`;
    client.send({ method: 'POST', path, body }).catch(() => undefined);
  };
}

function logLine(style: Style, { about, type, reason, message }: EventNote): string {
  const { kind, apiVersion, metadata } = about;
  const { namespace = '', name, uid = '', resourceVersion = '' } = metadata;
  if (style === '1.6')
    return `Event(v1.ObjectReference{Kind:"${kind}", Namespace:"${namespace}", Name:"${name}", UID:"${uid}", APIVersion:"${apiVersion}", ResourceVersion:"${resourceVersion}", FieldPath:""}): type: '${type}' reason: '${reason}' ${message}`;
  const object = namespace === '' ? name : `${namespace}/${name}`;
  return structured('Event occurred', { object, fieldPath: '', kind, apiVersion, type, reason, message });
}
