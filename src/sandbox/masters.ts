// The sandbox's masters: the tutorial's two, and more for what needs more.

/** At most so many share a laptop. */
export const mostMasters = 5;

// The third goes on where the second, which is the tutorial's own, leaves off.
const addresses = ['172.16.155.158', '172.16.155.165', '172.16.155.166', '172.16.155.167', '172.16.155.168'];

/** kuberm, kuberm2, kuberm3 … */
export function masterNames(count: number): string[] {
  return Array.from({ length: count }, (_, at) => (at === 0 ? 'kuberm' : `kuberm${at + 1}`));
}

/** What the API server of the master at that place publishes; undefined where there is no such place. */
export function masterAddress(at: number): string | undefined {
  return addresses[at];
}

/** The load balancer before them, as nodes know it: a host of its own, which runs nothing else. */
export const balancerPlace = { address: '172.16.155.150', port: 6443 } as const;
