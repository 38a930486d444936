// Which endpoint a connection goes to: in turn, or always the client's own, as the service's sessionAffinity says.

export interface Asked {
  /** The client's address. */
  readonly client: string;
  readonly endpoints: readonly string[];
  readonly sticky: boolean;
  /** Monotonic, milliseconds. */
  readonly nowMs: number;
}

/** Kubernetes' own: three hours after its last connection a client is a new one. */
const stickyForMs = 10_800_000;

/**
 * Clients are spread in turn, as kube-proxy's userspace and IPVS modes do it; its iptables mode draws lots. What all of them
 * share: whether an endpoint answers is never asked. Only one that is taken out of the endpoints is left.
 */
export class Affinity {
  #next = 0;
  readonly #kept = new Map<string, { readonly endpoint: string; readonly lastMs: number }>();

  /** Null where there are none. */
  choose({ client, endpoints, sticky, nowMs }: Asked): string | null {
    const kept = sticky ? this.#kept.get(client) : undefined;
    const holds = kept && nowMs - kept.lastMs <= stickyForMs && endpoints.includes(kept.endpoint);
    const endpoint = holds ? kept.endpoint : this.#inTurn(endpoints);
    if (endpoint === null) return null;
    if (sticky) this.#kept.set(client, { endpoint, lastMs: nowMs });
    return endpoint;
  }

  #inTurn(endpoints: readonly string[]): string | null {
    const endpoint = endpoints[this.#next % Math.max(1, endpoints.length)];
    this.#next += 1;
    return endpoint ?? null;
  }
}
