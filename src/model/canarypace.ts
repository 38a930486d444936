// How far apart canaries are made.

/** Milliseconds from one canary to the next: five a second are usual; the outage's error is about as much. */
export const canaryEveryMs = { usual: 200, least: 100, most: 5000 } as const;
