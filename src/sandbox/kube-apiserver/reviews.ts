// Answers about the caller: who he is and whether he may. Who holds this run's certificate may do everything.
import type { TLSSocket } from 'node:tls';
import { isMap } from './object.ts';

export interface Caller {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Who a client certificate says its holder is. */
export function callerOf(socket: TLSSocket): Caller {
  const { subject } = socket.getPeerCertificate();
  const names = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());
  return { user: names(subject?.CN)[0] ?? '', groups: [...names(subject?.O), 'system:authenticated'] };
}

/** The review that a POST to `path` asks for; undefined when it is none. */
export function review(path: string, body: unknown, caller: Caller): object | undefined {
  const spec = isMap(body) && isMap(body.spec) ? body.spec : {};
  if (path === '/apis/authentication.k8s.io/v1/selfsubjectreviews') {
    const userInfo = { username: caller.user, groups: caller.groups };
    return {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {},
      status: { userInfo },
    };
  }
  if (path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') {
    const apiVersion = 'authorization.k8s.io/v1';
    return { kind: 'SelfSubjectAccessReview', apiVersion, metadata: {}, spec, status: { allowed: true } };
  }
  return undefined;
}
