// Reads protobuf bodies: kubectl writes some kinds so (`create configmap`, `auth can-i`) and takes no other answer than JSON's.
import { badRequest, unsupportedMedia } from './refusal.ts';

/**
 * Fields by number: a name and what it holds. `text`, `number` (`nonzero`: 0 is none), `truth`; a message by its own table; `*` a list,
 * `%` a map with text keys.
 */
interface Shape {
  readonly [number: number]: readonly [
    name: string,
    holds: 'text' | 'bytes' | 'number' | 'nonzero' | 'truth' | Shape,
    many?: '*' | '%',
  ];
}

const time: Shape = { 1: ['seconds', 'number'], 2: ['nanos', 'number'] };
const ownerReference: Shape = {
  1: ['kind', 'text'],
  3: ['name', 'text'],
  4: ['uid', 'text'],
  5: ['apiVersion', 'text'],
  6: ['controller', 'truth'],
};
const meta: Shape = {
  1: ['name', 'text'],
  2: ['generateName', 'text'],
  3: ['namespace', 'text'],
  5: ['uid', 'text'],
  6: ['resourceVersion', 'text'],
  8: ['creationTimestamp', time],
  11: ['labels', 'text', '%'],
  12: ['annotations', 'text', '%'],
  13: ['ownerReferences', ownerReference, '*'],
  14: ['finalizers', 'text', '*'],
};
const metadata = ['metadata', meta] as const;
const intOrString: Shape = { 1: ['type', 'number'], 2: ['intVal', 'number'], 3: ['strVal', 'text'] };
const port: Shape = {
  1: ['name', 'text'],
  2: ['protocol', 'text'],
  3: ['port', 'number'],
  4: ['targetPort', intOrString],
  5: ['nodePort', 'nonzero'],
};
const serviceSpec: Shape = {
  1: ['ports', port, '*'],
  2: ['selector', 'text', '%'],
  3: ['clusterIP', 'text'],
  4: ['type', 'text'],
  7: ['sessionAffinity', 'text'],
  10: ['externalName', 'text'],
  18: ['clusterIPs', 'text', '*'],
};
const resourceAttributes: Shape = {
  1: ['namespace', 'text'],
  2: ['verb', 'text'],
  3: ['group', 'text'],
  4: ['version', 'text'],
  5: ['resource', 'text'],
  6: ['subresource', 'text'],
  7: ['name', 'text'],
};
const nonResourceAttributes: Shape = { 1: ['path', 'text'], 2: ['verb', 'text'] };
const accessSpec: Shape = {
  1: ['resourceAttributes', resourceAttributes],
  2: ['nonResourceAttributes', nonResourceAttributes],
};
const preconditions: Shape = { 1: ['uid', 'text'], 2: ['resourceVersion', 'text'] };
const deleteOptions: Shape = {
  1: ['gracePeriodSeconds', 'number'],
  2: ['preconditions', preconditions],
  4: ['propagationPolicy', 'text'],
  5: ['dryRun', 'text', '*'],
};

/** The kinds that kubectl sends in this form. */
const shapes: Readonly<Record<string, Shape>> = {
  ConfigMap: { 1: metadata, 2: ['data', 'text', '%'], 3: ['binaryData', 'bytes', '%'] },
  DeleteOptions: deleteOptions,
  Eviction: { 1: metadata, 2: ['deleteOptions', deleteOptions] },
  Namespace: { 1: metadata },
  SelfSubjectAccessReview: { 1: metadata, 2: ['spec', accessSpec] },
  SelfSubjectReview: { 1: metadata },
  Service: { 1: metadata, 2: ['spec', serviceSpec] },
  ServiceAccount: { 1: metadata },
};

const unknown: Shape = {
  1: ['typeMeta', { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] }],
  2: ['raw', 'bytes'],
};

type Message = Record<string, unknown>;

/** The object in a body that begins with Kubernetes' four magic bytes. @throws Refusal 400, 415 for other kinds */
export function readProtobuf(body: Buffer): Message {
  if (body.subarray(0, 4).toString('latin1') !== 'k8s\0')
    throw badRequest('the body is not in protobuf form');
  const { typeMeta, raw } = readMessage(body.subarray(4), unknown);
  const { apiVersion, kind } = (typeMeta ?? {}) as { apiVersion?: string; kind?: string };
  const shape = shapes[kind ?? ''];
  if (!shape) throw unsupportedMedia(`application/vnd.kubernetes.protobuf of ${kind ?? 'an unknown kind'}`);
  return { apiVersion, kind, ...readMessage(Buffer.from(String(raw ?? ''), 'base64'), shape) };
}

function readMessage(bytes: Buffer, shape: Shape): Message {
  const message: Message = {};
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at];
      if (byte === undefined) throw badRequest('the protobuf body ends too early');
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag & 7;
    let value: number | Buffer;
    if (wire === 0) value = varint();
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : 4;
      value = bytes.subarray(at, at + length);
      at += length;
    }
    const field = shape[tag >>> 3];
    if (field) take(message, field, value);
  }
  return message;
}

function take(message: Message, [name, holds, many]: Shape[number], raw: number | Buffer): void {
  if (many === '%') {
    const entry = readMessage(raw as Buffer, { 1: ['key', 'text'], 2: ['value', holds] });
    const map = (message[name] ?? {}) as Message;
    map[String(entry.key ?? '')] = entry.value ?? '';
    message[name] = map;
    return;
  }
  const value = contentOf(holds, raw);
  if (many === '*') message[name] = [...((message[name] ?? []) as unknown[]), value];
  // Protobuf writes empty values that JSON leaves out.
  else if (value !== '' && value !== undefined) message[name] = value;
}

function contentOf(holds: Shape[number][1], raw: number | Buffer): unknown {
  if (raw === 0 && holds === 'nonzero') return undefined;
  if (typeof raw === 'number') return holds === 'truth' ? raw !== 0 : raw;
  if (holds === 'text') return raw.toString('utf8');
  if (holds === 'bytes') return raw.toString('base64');
  if (typeof holds === 'string') return undefined;
  if (holds === time) return undefined;
  const message = readMessage(raw, holds);
  if (holds === intOrString) return message.type === 1 ? message.strVal : (message.intVal ?? 0);
  return message;
}
