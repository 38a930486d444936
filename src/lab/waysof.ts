// Which asking through the ways in a step is about: its own, or that of the step it looks back on.

import type { Story } from '../model/story.ts';
import type { WaysScene } from '../model/ways.ts';
import type { Lab, Step, WaysFile } from './format.ts';
import type { WaysRequest } from './world.ts';

/** Null where neither the step nor the one it needs asks through ways. */
export function waysFileOf(step: Step, { steps }: Pick<Lab, 'steps'>): WaysFile | null {
  const needed = steps.find(({ id }) => id === step.needs);
  const actions = [...step.actions, ...(needed?.actions ?? [])];
  return actions.find(({ ways }) => ways !== undefined)?.ways ?? null;
}

/** What was asked while that API server was down; null before. */
export function waysSeen(file: WaysFile, story: Story, masters: readonly string[]): WaysScene | null {
  const name = nameOf(file, masters);
  return name === undefined ? null : (story.ways[name] ?? null);
}

export function waysRequest(file: WaysFile, masters: readonly { readonly name: string }[]): WaysRequest {
  const names = masters.map(({ name }) => name);
  return { on: nameOf(file, names) ?? '', holdMs: file.holdSeconds * 1000, killed: file.killed };
}

function nameOf({ on }: WaysFile, masters: readonly string[]): string | undefined {
  return on === 'first' ? masters[0] : masters.at(-1);
}
