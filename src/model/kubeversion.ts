// Kubernetes versions, as far as what differs between them matters here.

/** The minor number: 36 of `v1.36.3`, `1.36+`, `Kubernetes v1.36.0-rc.1`; null when it says none. */
export function minorOf(version: string | null): number | null {
  const found = /(?:^|[^\d.])1\.(\d{1,3})(?!\d)/.exec(version ?? '');
  return found ? Number(found[1]) : null;
}

/** The patch number: 3 of `v1.36.3`; null when it says none. */
export function patchOf(version: string | null): number | null {
  const found = /(?:^|[^\d.])1\.\d{1,3}\.(\d{1,3})(?!\d)/.exec(version ?? '');
  return found ? Number(found[1]) : null;
}

/** Minor versions whose flags are known here, both included. */
export const knownMinors = { first: 6, last: 36 } as const;
