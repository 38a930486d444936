// The ways in to the API servers in plain lines: when asking begins and ends, and where a client's luck turns.
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { texts } from './words/words.ts';

type Of<K extends Observation['kind']> = Extract<Observation, { readonly kind: K }>;

export function waysWords(scene: Scene, { phase, ways }: Of<'ways'>): string {
  const { lines } = texts();
  if (phase === 'begun')
    return lines.asking(ways.map(({ way, address }) => `${lines.ways[way]} (${address})`).join(', '));
  return lines.asked((scene.ways?.clients ?? []).reduce((sum, one) => sum + one.failed, 0));
}

/** Null for a request that went as the one before it: thousands of them are their sum in the result. */
export function askWords(scene: Scene, { way, client, ok, reason }: Of<'ask'>): string | null {
  const before = scene.ways?.clients.find((one) => one.way === way && one.client === client);
  if (before === undefined || before.failing === !ok) return null;
  const { lines } = texts();
  const who = lines.client(client, lines.ways[way]);
  return ok ? lines.answered(who) : lines.unanswered(who, reason);
}
