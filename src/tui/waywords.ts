// The ways in to the API servers in plain lines: when asking begins and ends, and where a client's luck turns.
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import type { WayName } from '../model/waysseen.ts';

type Of<K extends Observation['kind']> = Extract<Observation, { readonly kind: K }>;

const wayWords: Readonly<Record<WayName, string>> = {
  service: 'the service kubernetes',
  server: 'the one API server that nodes name',
  balancer: 'the load balancer',
};

export function waysWords(scene: Scene, { phase, ways }: Of<'ways'>): string {
  if (phase === 'begun')
    return `asking through ${ways.map(({ way, address }) => `${wayWords[way]} (${address})`).join(', ')}`;
  const failed = (scene.ways?.clients ?? []).reduce((sum, one) => sum + one.failed, 0);
  return `asking is over: ${failed} requests failed`;
}

/** Null for a request that went as the one before it: thousands of them are their sum in the result. */
export function askWords(scene: Scene, { way, client, ok, reason }: Of<'ask'>): string | null {
  const before = scene.ways?.clients.find((one) => one.way === way && one.client === client);
  if (before === undefined || before.failing === !ok) return null;
  const who = `${client} through ${wayWords[way]}`;
  return ok ? `${who} is answered again` : `${who} fails: ${reason ?? 'no reason'}`;
}
