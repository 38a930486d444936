// The commands so far, each once (one that ran replaces its announcement), and those the open step is about to run.

import type { LabStep } from '../model/labplan.ts';
import type { CommandRun, Stamp } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { texts } from './words/words.ts';

export function commandsShown(scene: Scene): readonly (Stamp & CommandRun)[] {
  const listed: (Stamp & CommandRun)[] = [];
  for (const command of scene.commands) {
    const announced = listed.findLastIndex(
      ({ phase, host, text }) => phase === 'shown' && host === command.host && text === command.text,
    );
    if (command.phase === 'ran' && announced >= 0) listed[announced] = command;
    else listed.push(command);
  }
  return listed;
}

/** A place of the cursor among the commands: a long answer takes several, a page each. */
export interface CommandStop {
  readonly command: Stamp & CommandRun;
  readonly page: number;
}

/** Lines of an answer that are shown at once. */
export const pageLines = 8;

export function answerOf({ output }: CommandRun): readonly string[] {
  return output ? output.trimEnd().split('\n') : [];
}

export function commandStops(scene: Scene, step: LabStep | null): readonly CommandStop[] {
  return commandsListed(scene, step).flatMap((command) => {
    const pages = Math.max(1, Math.ceil(answerOf(command).length / pageLines));
    return Array.from({ length: pages }, (_, page) => ({ command, page }));
  });
}

/** With those of the open step that have not run, in their order, so that they can be read whole before. */
export function commandsListed(scene: Scene, step: LabStep | null): readonly (Stamp & CommandRun)[] {
  const listed = commandsShown(scene);
  const stamp = { seq: -1, atMs: Number.NaN, errorMs: 0 };
  const ran = ({ host, text }: { host: string | null; text: string }) =>
    listed.some((each) => each.phase === 'ran' && each.host === host && each.text === text);
  // Once a fault is on, what its round types is told as it is typed: its plan is over.
  const ahead = (step?.actions ?? []).filter(({ isFault, commands }) => !isFault || !commands.some(ran));
  const planned = ahead.flatMap((action) =>
    action.commands.map(({ host, text }) => {
      const rest = { kind: 'command', why: action.title, phase: 'shown', code: null, tookMs: null } as const;
      return { ...stamp, ...rest, host, text };
    }),
  );
  const fresh = planned.filter(
    ({ host, text }) => !listed.some((each) => each.host === host && each.text === text),
  );
  return [...listed, ...fresh];
}

/** As a file to keep: each command below the master it is for, so that a shell would read the rest as comments. */
export function commandsText(scene: Scene, step: LabStep | null): string {
  return commandsListed(scene, step)
    .map(({ host, text, why, atMs }) => {
      const when = Number.isNaN(atMs) ? texts().commands.notRun : `${(atMs / 1000).toFixed(1)} s`;
      return `# ${host ?? texts().step.here}, ${when}: ${why}\n${text}\n`;
    })
    .join('\n');
}
