// What a running action waits for and since when: never a bare "running".
import type { LabAction, LabStep } from '../model/labplan.ts';
import type { Draw } from './draw.ts';
import { roundsOf, struck } from './rounds.ts';
import { ageWords } from './wording.ts';
import { texts } from './words/words.ts';

/** `running, 4.2 s: waiting for kuberm`. */
export function runningWords(draw: Draw, step: LabStep, action: LabAction): string {
  const sinceMs = draw.view.askedAtMs[`${step.id} ${action.id}`];
  const since = sinceMs === undefined ? '' : ageWords(draw.nowMs - sinceMs);
  return texts().step.running(since, action.isFault ? faultWords(draw) : hostWords(draw, action));
}

function hostWords({ doing }: Draw, { commands }: LabAction): string {
  const said = texts().step;
  const waited = commands.filter(({ host, text }) => doing.ran[`${host} ${text}`] === undefined);
  const hosts = (waited.length > 0 ? waited : commands).map(({ host }) => host ?? said.thisMachine);
  return said.waitsFor([...new Set(hosts)].join(', '));
}

function faultWords({ scene }: Draw): string {
  const said = texts().step;
  const { fault, ways } = scene;
  if (fault === null) return said.steadyFirst;
  if (fault.phase === 'armed') return said.armed;
  const round = roundsOf(scene).at(-1);
  if (fault.phase === 'ended') return said.asFound(fault.host ?? (round ? struck(round) : ''));
  if (ways?.endedMs === null) return said.asking;
  if (!round || round.on !== undefined) return said.untilBack;
  return round.handover ? said.puttingBack(struck(round)) : said.newLeader;
}
