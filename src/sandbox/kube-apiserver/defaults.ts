// What the server itself fills in or checks before it keeps an object.
import { randomInt } from 'node:crypto';
import type { Kind } from './kinds.ts';
import { at, isMap, type KubeObject, listAt, textAt } from './object.ts';
import { invalid } from './refusal.ts';
import type { Style } from './style.ts';

type Filler = (object: KubeObject, style: Style) => KubeObject;

const fillers: Readonly<Record<string, Filler>> = {
  Namespace: (object, style) => ({
    ...object,
    metadata:
      style === '1.6'
        ? object.metadata
        : {
            ...object.metadata,
            labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
          },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  Node: (object) => ({ ...object, spec: object.spec ?? {}, status: object.status ?? {} }),
  Pod: pod,
  ReplicationController: controller,
  Service: service,
};

/** A new object as it is kept: defaults filled in, status begun. @throws Refusal 422 */
export function filledIn(kind: Kind, object: KubeObject, style: Style): KubeObject {
  check(kind, object);
  return fillers[kind.kind]?.(object, style) ?? object;
}

/** What no object of the kind may lack. @throws Refusal 422 */
export function check(kind: Kind, object: KubeObject): void {
  const { name } = object.metadata;
  if (kind.kind === 'Lease') {
    const seconds = Number(textAt(object, 'spec.leaseDurationSeconds') || 1);
    if (seconds <= 0) throw invalid(kind, name, 'spec.leaseDurationSeconds', 'must be greater than 0');
  }
  if (kind.kind === 'Pod' && listAt(object, 'spec.containers').length === 0) {
    throw invalid(kind, name, 'spec.containers', 'Required value');
  }
  if (kind.kind === 'ReplicationController') {
    const template = at(object, 'spec.template');
    if (!isMap(template)) throw invalid(kind, name, 'spec.template', 'Required value');
    const labels = mapAt(template, 'metadata.labels');
    const selector = Object.entries(mapAt(object, 'spec.selector'));
    if (selector.some(([label, value]) => labels[label] !== value)) {
      throw invalid(
        kind,
        name,
        'spec.template.metadata.labels',
        'Invalid value: `selector` does not match template `labels`',
      );
    }
  }
  if (kind.kind === 'Service' && listAt(object, 'spec.ports').length === 0) {
    if (textAt(object, 'spec.type') !== 'ExternalName' && textAt(object, 'spec.clusterIP') !== 'None') {
      throw invalid(kind, name, 'spec.ports', 'Required value');
    }
  }
}

function mapAt(object: unknown, path: string): Record<string, unknown> {
  const map = at(object, path);
  return isMap(map) ? map : {};
}

function controller(object: KubeObject): KubeObject {
  const spec = mapAt(object, 'spec');
  const selector = mapAt(spec, 'selector');
  const labels = mapAt(spec, 'template.metadata.labels');
  return {
    ...object,
    spec: { replicas: 1, ...spec, selector: Object.keys(selector).length > 0 ? selector : labels },
    status: { replicas: 0 },
  };
}

function pod(object: KubeObject): KubeObject {
  const spec = isMap(object.spec) ? object.spec : {};
  const containers = listAt(object, 'spec.containers').map((container) => ({
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    ...(isMap(container) ? container : {}),
  }));
  return {
    ...object,
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
      priority: 0,
      tolerations: ['not-ready', 'unreachable'].map((taint) => ({
        key: `node.kubernetes.io/${taint}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      ...spec,
      containers,
    },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  };
}

function service(object: KubeObject, style: Style): KubeObject {
  const spec = isMap(object.spec) ? object.spec : {};
  const ports = listAt(object, 'spec.ports').map((port) =>
    isMap(port) ? { protocol: 'TCP', ...port, targetPort: port.targetPort ?? port.port } : port,
  );
  const clusterIP = textAt(object, 'spec.clusterIP');
  return {
    ...object,
    spec: {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ...(style === '1.36'
        ? {
            clusterIPs: [clusterIP],
            internalTrafficPolicy: 'Cluster',
            ipFamilies: ['IPv4'],
            ipFamilyPolicy: 'SingleStack',
          }
        : {}),
      ...spec,
      ports,
    },
    status: { loadBalancer: {} },
  };
}

/** A random address of the range that is not in `taken`; the range's first is the API servers' own. */
export function freeAddress(range: string, taken: ReadonlySet<string>): string {
  const [base = '', bits = '16'] = range.split('/');
  const start = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  for (;;) {
    const number = start + randomInt(2, Math.max(3, size - 1));
    const address = [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
    if (!taken.has(address)) return address;
  }
}

/** The first address of the range: that of the service `kubernetes`. */
export function firstAddress(range: string): string {
  const parts = (range.split('/')[0] ?? '').split('.').map(Number);
  return [...parts.slice(0, 3), (parts[3] ?? 0) + 1].join('.');
}
