// OpenAPI v2 in the only form kubectl takes it, protobuf: it asks here whether fields are checked before it sends a List.
import { type Kind, pathOf } from './kinds.ts';

export const openapiV2Type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** A field that holds text or a message. */
function field(number: number, content: string | Buffer): Buffer {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  return Buffer.concat([varint(number * 8 + 2), varint(body.length), body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7f; left = Math.floor(left / 128)) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}

const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);

/** Each kind's PATCH with the parameters kubectl looks for; the numbers are those of gnostic's OpenAPIv2.proto. */
export function openapiV2(kinds: readonly Kind[]): Buffer {
  const paths = kinds.map((kind) => {
    const item = message(field(8, patchOf(kind)));
    return field(2, message(field(1, pathOf(kind, '{namespace}', '{name}')), field(2, item)));
  });
  const info = message(field(1, 'kha-lab sandbox'), field(2, 'v1'));
  return message(field(1, '2.0'), field(2, info), field(8, message(...paths)));
}

function patchOf({ group, version, kind }: Kind): Buffer {
  const parameters = ['dryRun', 'fieldValidation'].map((name) => {
    const query = message(field(2, 'query'), field(4, name), field(6, 'string'));
    // ParametersItem → Parameter → NonBodyParameter → query.
    return field(8, field(1, field(2, field(3, query))));
  });
  const yaml = `group: "${group}"\nversion: ${version}\nkind: ${kind}\n`;
  const extension = message(field(1, 'x-kubernetes-group-version-kind'), field(2, field(2, yaml)));
  return message(...parameters, field(13, extension));
}
