// How etcd's JSON gateway writes protobuf: 64-bit numbers as strings, bytes as base64, zero values left out.

/** A request or a part of one, its field names in snake_case. */
export type Fields = Readonly<Record<string, unknown>>;

/** Raised to the client in gRPC's JSON form. */
export class GatewayError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const grpc = {
  invalidArgument: 3,
  notFound: 5,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
} as const;

/** gRPC's codes as the gateway translates them to HTTP. */
export function httpStatus(code: number): number {
  return { 3: 400, 5: 404, 9: 412, 11: 400, 12: 501 }[code] ?? 500;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Parses a body; fields may be camelCase or snake_case. @throws GatewayError */
export function parseBody(text: string): Fields {
  try {
    const body: unknown = JSON.parse(text === '' ? '{}' : text, (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [
              name === 'TTL' || name === 'ID' ? name : snake(name),
              inner,
            ]),
          )
        : value,
    );
    if (body !== null && typeof body === 'object' && !Array.isArray(body)) return body as Fields;
  } catch {
    // Said below.
  }
  throw new GatewayError(grpc.invalidArgument, 'the request body is not a JSON object');
}

/** Bytes of a key as a string of one character a byte, whose order is the bytes' order. */
export function bytes(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('latin1') : '';
}

export const base64 = (key: string): string => Buffer.from(key, 'latin1').toString('base64');

/** A 64-bit number; the store's own stay far below 2^53. */
export function integer(fields: Fields, name: string): number {
  const value = Number(fields[name] ?? 0);
  if (!Number.isSafeInteger(value)) throw new GatewayError(grpc.invalidArgument, `bad number for ${name}`);
  return value;
}

export const truth = (fields: Fields, name: string): boolean => fields[name] === true;

export function nested(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  return value !== null && typeof value === 'object' ? (value as Fields) : undefined;
}

export function list(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? (value as Fields[]) : [];
}

/** Leaves out zero values and writes numbers as strings, as protobuf's JSON does for 64 bits. */
export function compact(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === 0 || value === '' || value === false) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    kept[name] = typeof value === 'number' ? String(value) : value;
  }
  return kept;
}
