// One round on a time axis: a lane for each master, one for the lock, one for each witness, the fault shaded across all of them.
import { scaleLinear } from 'd3-scale';
import type { Mark, MarkName, Round } from '../../model/round.ts';
import type { RoundTold, RunTold } from '../../model/runtold.ts';
import { runName } from '../../model/runtold.ts';
import { errorInWords, lengthInWords, resultSentence } from '../../model/sentences.ts';
import { type Markup, markup } from '../markup.ts';
import { timeAxis } from './axis.ts';
import type { Chart, Drawn } from './chart.ts';
import { placed } from './labels.ts';
import { type Lane, lanesOf } from './lanelist.ts';
import { markSign, markWords } from './marksigns.ts';

const laneHeight = 30;
const labelRow = 16;

/** Null for a round without a fault. */
export function lanesChart(run: RunTold, told: RoundTold, id: string): Chart | null {
  const { round } = told;
  const issued = markOf(round, 'faultIssued');
  if (issued === null) return null;
  return {
    id,
    title: `${runName(run)}, round ${round.round}: ${round.fault} of ${round.component} on ${round.on ?? round.from}`,
    description: `${resultSentence(round)} The shaded time is the fault; each sign is a mark, with a bar as wide as it may be off.`,
    draw: (width) => draw(told, run, { width, zeroMs: issued.atMs }),
    table: tableOf(round, issued.atMs),
  };
}

function markOf({ marks }: Round, name: MarkName): Mark | null {
  return marks.find((mark) => mark.name === name) ?? null;
}

interface Frame {
  readonly width: number;
  readonly zeroMs: number;
}

function draw(told: RoundTold, run: RunTold, { width, zeroMs }: Frame): Drawn {
  const { round } = told;
  const narrow = width < 500;
  const times = round.marks.map(({ atMs }) => atMs - zeroMs);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = 0.03 * (last - first) + 100;
  const left = narrow ? 4 : 156;
  const scale = scaleLinear()
    .domain([first - margin, last + margin])
    .range([left, width - 8]);
  const labels = placed(
    round.marks.map((mark) => ({ x: scale(mark.atMs - zeroMs), words: markWords[mark.name], mark })),
    width - 4,
  );
  const rows = Math.max(...labels.map(({ row }) => row)) + 1;
  const top = rows * labelRow + 6;
  const lanes = lanesOf(told, run);
  // Where it is narrow, a lane's name stands over it.
  const step = laneHeight + (narrow ? 16 : 0);
  const bottom = top + lanes.length * step;
  const frame = { scale, zeroMs, left, right: width - 8 };
  const body = markup`${shade(round, { scale, zeroMs, top, bottom })}
${labels.map(({ label, left: at, row }) => {
  const y = top - 8 - row * labelRow;
  return markup`<path class="hair" d="M${label.x} ${y + 4}V${bottom}"/><text x="${at}" y="${y}"${label.mark.name === 'acquired' && markup` class="strong"`}>${label.words}</text>`;
})}
${lanes.map((lane, index) => {
  const y = top + index * step + (narrow ? 16 : 0) + laneHeight / 2;
  return laneAt(lane, y, { ...frame, narrow });
})}
${timeAxis(scale, { y: bottom + 4, words: 'seconds after the fault' })}`;
  return { width, height: bottom + 44, body };
}

interface Place {
  readonly scale: (ms: number) => number;
  readonly zeroMs: number;
  readonly left: number;
  readonly right: number;
  readonly narrow: boolean;
}

function laneAt({ name, spans, marks, beats }: Lane, y: number, place: Place): Markup {
  const { scale, zeroMs, left, right, narrow } = place;
  const x = (ms: number) => Math.max(left, Math.min(right, scale(ms - zeroMs)));
  const title = narrow
    ? markup`<text x="4" y="${y - laneHeight / 2 + 2}">${name}</text>`
    : markup`<text class="end" x="${left - 10}" y="${y + 4}">${name}</text>`;
  return markup`<path class="lane" d="M${left} ${y}H${right}"/>${title}
${spans.map(({ fromMs, toMs, words }) => {
  const [from, to] = [x(fromMs), x(toMs)];
  const at = wordsAt(
    { from, to, words },
    marks.map(({ atMs }) => x(atMs)),
  );
  return markup`<rect class="lead" x="${from}" y="${y - 10}" width="${Math.max(0, to - from)}" height="20" rx="3"><title>${words}</title></rect>${at !== null && markup`<text class="strong" x="${at}" y="${y + 4}">${words}</text>`}`;
})}
${beats.map(({ atMs, is }) => markup`<path class="beat ${is}" d="M${x(atMs)} ${y - 6}v12"><title>${is} ${seconds(atMs - zeroMs)}</title></path>`)}
${marks.map((mark) => {
  const [at, low, high] = [x(mark.atMs), x(mark.atMs - mark.errorMs), x(mark.atMs + mark.errorMs)];
  const bar =
    mark.bounds === 'notAfter'
      ? `M${left} ${y}H${high}`
      : mark.bounds === 'notBefore'
        ? `M${low} ${y}H${right}`
        : `M${low} ${y - 4}v8m0 -4H${high}m0 -4v8`;
  const words = `${markWords[mark.name]} ${boundWords[mark.bounds]}${seconds(mark.atMs - zeroMs)} ± ${errorInWords(mark.errorMs)}`;
  return markup`<g><title>${words}</title><path class="bar m-${mark.name}" d="${bar}"/>${markSign(mark.name, at, y)}</g>`;
})}`;
}

/** Where words fit into a span beside its signs; null where nowhere. */
function wordsAt(
  { from, to, words }: { readonly from: number; readonly to: number; readonly words: string },
  signs: readonly number[],
): number | null {
  const long = words.length * 7 + 4;
  const within = signs.filter((x) => x > from - 8 && x < to + 8).sort((a, b) => a - b);
  const edges = [from - 4, ...within.map((x) => x + 8), to];
  const gap = edges.findIndex((edge, index) => {
    const next = within[index] === undefined ? to : within[index] - 8;
    return next - edge >= long;
  });
  const edge = edges[gap];
  return gap < 0 || edge === undefined || gap > within.length ? null : edge + (gap === 0 ? 9 : 3);
}

const boundWords = { at: 'at ', notBefore: 'not before ', notAfter: 'not after ' } as const;

function shade(
  round: Round,
  at: {
    readonly scale: (ms: number) => number;
    readonly zeroMs: number;
    readonly top: number;
    readonly bottom: number;
  },
): Markup | null {
  const issued = markOf(round, 'faultIssued');
  if (issued === null) return null;
  const last = round.marks.at(-1) ?? issued;
  const ended = markOf(round, 'faultEnded') ?? last;
  const [from, to] = [at.scale(issued.atMs - at.zeroMs), at.scale(ended.atMs - at.zeroMs)];
  return markup`<rect class="fault-area" x="${from}" y="${at.top}" width="${Math.max(1, to - from)}" height="${at.bottom - at.top}"/>`;
}

const seconds = (ms: number) => lengthInWords(ms).replace('-', '−');

function tableOf({ marks, witnesses = [] }: Round, zeroMs: number): Markup {
  const row = (cells: readonly string[]) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
  const head = ['what', 'after the fault', 'may be off by', 'master', 'seen by'];
  return markup`<table><thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${marks.map(
    ({ name, atMs, errorMs, host, witness }) =>
      row([markWords[name], seconds(atMs - zeroMs), errorInWords(errorMs), host ?? '', witness]),
  )}${witnesses.map(({ bounds, atMs, errorMs, host, witness }) =>
    row([
      `${markWords.acquired}, ${bounds === 'at' ? 'by another witness' : boundWords[bounds].trim()}`,
      seconds(atMs - zeroMs),
      errorInWords(errorMs),
      host ?? '',
      witness,
    ]),
  )}</tbody></table>`;
}
