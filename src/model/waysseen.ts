// What is seen of the ways in to the API servers while one of them is stopped: which ways there are, and every request.

/** The service `kubernetes` for containers; the one server that a node's kubelet names; a load balancer before all of them. */
export const wayNames = ['service', 'server', 'balancer'] as const;
export type WayName = (typeof wayNames)[number];

export interface WayPlan {
  readonly way: WayName;
  /** `host:port` as its clients dial it. */
  readonly address: string;
  /** Names of those who ask through it. */
  readonly clients: readonly string[];
}

export interface WayMissing {
  readonly way: WayName;
  /** Why it is not asked through, in words that follow a colon. */
  readonly why: string;
}

/** The asking begins or ends. */
export interface WaysSeen {
  readonly kind: 'ways';
  readonly phase: 'begun' | 'ended';
  /** The master whose API server is stopped meanwhile. */
  readonly stopped: string;
  /** Between two requests of a client, in milliseconds. */
  readonly everyMs: number;
  /** `--endpoint-reconciler-type`, as the API servers have it; null: not known. */
  readonly reconciler: string | null;
  /** `sessionAffinity` of the service; null: not known. */
  readonly affinity: string | null;
  readonly ways: readonly WayPlan[];
  readonly missing: readonly WayMissing[];
}

/** One request through one way, on a connection of its own. The stamp says when it was begun. */
export interface AskSeen {
  readonly kind: 'ask';
  readonly way: WayName;
  readonly client: string;
  readonly ok: boolean;
  readonly tookMs: number;
  /** Why it failed; null when it did not. */
  readonly reason: string | null;
}
