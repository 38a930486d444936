// What the API server says when it does not do what was asked: Kubernetes' Status object.
import { type Kind, qualifiedName } from './kinds.ts';

export class Refusal extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Record<string, unknown> | undefined;

  constructor(facts: { code: number; reason: string; message: string; details?: Record<string, unknown> }) {
    super(facts.message);
    this.code = facts.code;
    this.reason = facts.reason;
    this.details = facts.details;
  }
}

/** The Status object of a refusal. */
export function statusOf({ code, reason, message, details }: Refusal) {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details ? { details } : {}),
    code,
  };
}

const about = (kind: Kind, name: string) => ({
  name,
  ...(kind.group === '' ? {} : { group: kind.group }),
  kind: kind.plural,
});

export const notFound = (kind: Kind, name: string) =>
  new Refusal({
    code: 404,
    reason: 'NotFound',
    message: `${qualifiedName(kind)} "${name}" not found`,
    details: about(kind, name),
  });

export const noSuchPath = () =>
  new Refusal({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });

export const alreadyExists = (kind: Kind, name: string) =>
  new Refusal({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualifiedName(kind)} "${name}" already exists`,
    details: about(kind, name),
  });

export const conflict = (kind: Kind, name: string, why?: string) =>
  new Refusal({
    code: 409,
    reason: 'Conflict',
    message:
      `Operation cannot be fulfilled on ${qualifiedName(kind)} "${name}": ` +
      (why ?? 'the object has been modified; please apply your changes to the latest version and try again'),
    details: about(kind, name),
  });

export const badRequest = (message: string) => new Refusal({ code: 400, reason: 'BadRequest', message });

export const forbidden = (kind: Kind, name: string, why: string) =>
  new Refusal({
    code: 403,
    reason: 'Forbidden',
    message: `${qualifiedName(kind)} "${name}" is forbidden: ${why}`,
    details: about(kind, name),
  });

/** One field that cannot be so. */
export const invalid = (kind: Kind, name: string, field: string, why: string) =>
  new Refusal({
    code: 422,
    reason: 'Invalid',
    message: `${kind.kind}${kind.group === '' ? '' : `.${kind.group}`} "${name}" is invalid: ${field}: ${why}`,
    details: {
      ...about(kind, name),
      kind: kind.kind,
      causes: [{ reason: 'FieldValueInvalid', message: why, field }],
    },
  });

export const expired = (message: string) => new Refusal({ code: 410, reason: 'Expired', message });

export const methodNotAllowed = () =>
  new Refusal({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });

export const unsupportedMedia = (type: string) =>
  new Refusal({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - ${type} is not served, JSON is`,
  });

/** The store did not answer. */
export const storeDown = (message: string) => new Refusal({ code: 500, reason: 'InternalError', message });
