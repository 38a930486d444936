// The strip while clients ask through the ways in: each way, how many of its requests failed, for how long.
import { sumOf, type WaySum, type WaysScene } from '../model/ways.ts';
import { wayNames } from '../model/waysseen.ts';
import type { Draw } from './draw.ts';
import { cutLine, joinFitting, type Line, line, span } from './line.ts';
import { markAt } from './rounds.ts';
import { minuteClock } from './wording.ts';

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
  const { stopped } = ways.begun;
  const round = scene.timeline.rounds.at(-1);
  const issuedMs = round ? markAt(round, 'faultIssued') : null;
  const isDown = issuedMs !== null && issuedMs >= ways.begun.atMs;
  const what = ways.over
    ? line(span('✓ ', 'good'), `the API server of ${stopped} is put back`)
    : isDown
      ? line('API server of ', span(stopped, 'strong'), ` stopped at ${minuteClock(startedMs + issuedMs)}`)
      : line('Asking; the API server of ', span(stopped, 'strong'), ' is about to be stopped');
  const guess = step ? scene.guesses[step.id] : undefined;
  const guessed = guess === undefined ? [] : line('guess ', span(guess, 'strong'));
  const sums = wayNames.flatMap((way) => sumOf(ways, way) ?? []);
  const rows = sums.map((sum) => cutLine(wayLine(sum, ways), width));
  return [joinFitting([line(' ', ...what), guessed], width), ...rows];
}

function wayLine({ way, asked, failed, hit, clients, troubledMs }: WaySum, ways: WaysScene): Line {
  const failing = ways.clients.some((one) => one.way === way && one.failing);
  const head = line(' ', span(failing ? '✗' : '✓', failing ? 'bad' : 'good'), ` ${way.padEnd(9)}`);
  if (asked === 0) return line('   ', way.padEnd(9), span('nothing asked yet', 'dim'));
  if (failed === 0) return [...head, ...line(`all ${asked} requests answered`)];
  const whose = clients > 1 ? `, of ${hit} of ${clients} clients` : '';
  const how = `${failed} of ${asked} requests failed${whose}, in ${(troubledMs / 1000).toFixed(1)} s`;
  return [...head, ...line(span(how, failing ? 'bad' : 'warn'))];
}
