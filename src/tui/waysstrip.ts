// The strip while clients ask through the ways in: each way, how many of its requests failed, for how long.
import { sumOf, type WaySum, type WaysScene } from '../model/ways.ts';
import { wayNames } from '../model/waysseen.ts';
import type { Draw } from './draw.ts';
import { cutLine, joinFitting, type Line, line, span } from './line.ts';
import { markAt } from './rounds.ts';
import { minuteClock } from './wording.ts';
import { texts } from './words/words.ts';

/** Which API server is stopped, then a line a way. */
export const waysRows = 1 + wayNames.length;

/** The asking that the newest round is about: one that goes on, or one since whose end no fault was issued. */
export function waysInView({ scene: { ways, timeline }, step, doing }: Draw): WaysScene | null {
  if (!ways || (step && ways.begun.atMs < doing.enteredMs)) return null;
  if (ways.endedMs === null) return ways;
  const newest = timeline.rounds.at(-1);
  const issuedMs = newest ? markAt(newest, 'faultIssued') : null;
  return issuedMs !== null && issuedMs > ways.endedMs ? null : ways;
}

export function waysStrip(ways: WaysScene, { scene, step, startedMs }: Draw, width: number): readonly Line[] {
  const what = whatIsUp(ways, startedMs);
  const guess = step ? scene.guesses[step.id] : undefined;
  const guessed = guess === undefined ? [] : line(`${texts().strip.guess} `, span(guess, 'strong'));
  const sums = wayNames.flatMap((way) => sumOf(ways, way) ?? []);
  const rows = sums.map((sum) => cutLine(wayLine(sum, ways), width));
  // In a narrow window the guess gives way, not what goes on.
  return [joinFitting([cutLine(line(' ', ...what), width), guessed], width), ...rows];
}

function whatIsUp({ begun: { stopped }, over, stoppedMs }: WaysScene, startedMs: number): Line {
  const said = texts().ways;
  if (stoppedMs === null)
    return over
      ? line(span('✗ ', 'bad'), said.neverStopped(stopped))
      : line(`${said.asking} `, span(stopped, 'strong'), ` ${said.soon}`);
  if (over) return line(span('✓ ', 'good'), said.back(stopped));
  const at = said.stoppedAt(minuteClock(startedMs + stoppedMs));
  return line(`${said.serverOf} `, span(stopped, 'strong'), ` ${at}`);
}

function wayLine({ way, asked, failed, hit, clients, troubledMs }: WaySum, ways: WaysScene): Line {
  const said = texts().ways;
  const failing = ways.clients.some((one) => one.way === way && one.failing);
  const name = `${said.names[way]} `.padEnd(1 + Math.max(...wayNames.map((one) => said.names[one].length)));
  const head = line(' ', span(failing ? '✗' : '✓', failing ? 'bad' : 'good'), ` ${name}`);
  if (asked === 0) return line('   ', name, span(said.nothing, 'dim'));
  if (failed === 0) return [...head, ...line(said.all(asked))];
  const whose = clients > 1 ? said.ofClients(hit, clients) : '';
  const how = said.failed(failed, asked, whose, (troubledMs / 1000).toFixed(1));
  return [...head, ...line(span(how, failing ? 'bad' : 'warn'))];
}
