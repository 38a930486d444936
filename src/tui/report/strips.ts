// All rounds of a group on one axis under the band of the rules: together, or a row for each recording.
import { countsFrom } from '../../model/groupwords.ts';
import type { HistogramBin } from '../../model/prediction.ts';
import type { RoundGroup } from '../../model/roundgroups.ts';
import { type RunTold, runName } from '../../model/runtold.ts';
import { lengthInWords } from '../../model/sentences.ts';
import { summarise } from '../../model/statistics.ts';
import { cutText, type Line, line, padText, span, widthOf } from '../line.ts';
import { wrapText } from '../wrap.ts';
import { dots, intervalBar, labelled } from './marksonscale.ts';
import { type Scale, scaleOf } from './scale.ts';

/** As many as show the shape and not the draws. */
const mostBins = 40;
const bars = ' ▁▂▃▄▅▆▇█';

/** Empty where nothing was measured and nothing is expected. */
export function stripLines(group: RoundGroup, width: number): readonly Line[] {
  const { counted, prediction, summary } = group;
  if (counted.length === 0 || (prediction === null && counted.length < 2)) return [];
  const rows = rowsOf(group);
  const name = Math.min(24, Math.max(...rows.map((row) => widthOf(row.name))));
  // Indent, name, count, median, and a gap before the strip.
  const lead = rows.length > 1 ? 2 + name + 5 + 10 + 2 : 2;
  const scale = scaleOf(group, Math.max(20, Math.min(width, 120) - lead - 1));
  const before = ' '.repeat(lead);
  return [
    ...(prediction ? [line(before, span(bandOf(group, scale), 'accent'))] : []),
    ...rows.map(({ name: of, valuesMs, medianMs }) => {
      const told =
        rows.length > 1
          ? `  ${padText(cutText(of, name), name)}${String(valuesMs.length).padStart(5)}${lengthInWords(medianMs).padStart(10)}  `
          : before;
      return line(told, span(dots(valuesMs, scale), 'strong'));
    }),
    ...(summary.medianInterval && summary.medianMs !== null && rows.length === 1
      ? [
          line(
            before,
            span(intervalBar({ ...summary.medianInterval, middleMs: summary.medianMs }, scale), 'good'),
          ),
        ]
      : []),
    line(before, span(axisOf(group, scale), 'dim')),
    line(before, span(labelled(marksOf(group), scale), 'dim')),
    ...wrapText(legendOf(group, rows.length > 1), width, 'dim', '  '),
  ];
}

interface Row {
  readonly name: string;
  readonly valuesMs: readonly number[];
  readonly medianMs: number;
}

function rowsOf({ counted }: RoundGroup): readonly Row[] {
  const runs = new Map<RunTold, number[]>();
  for (const { run, ms } of counted) {
    const own = runs.get(run);
    if (own) own.push(ms);
    else runs.set(run, [ms]);
  }
  return [...runs].map(([run, valuesMs]) => ({
    name: runName(run),
    valuesMs,
    medianMs: summarise(valuesMs).medianMs ?? 0,
  }));
}

function bandOf({ prediction }: RoundGroup, scale: Scale): string {
  if (prediction === null) return '';
  const columnMs = (scale.toMs - scale.fromMs) / (scale.columns - 1);
  const bins = prediction.histogram(mostBins);
  const sums = Array.from({ length: scale.columns }, (_, x) => {
    const fromMs = scale.fromMs + (x - 0.5) * columnMs;
    return shareBetween(bins, fromMs, fromMs + columnMs);
  });
  const most = Math.max(...sums);
  const [low, high] = [scale.column(prediction.minMs), scale.column(prediction.maxMs)];
  return sums
    .map((sum, at) => bars[Math.max(at >= low && at <= high ? 1 : 0, Math.ceil((sum / most) * 8))] ?? ' ')
    .join('');
}

function shareBetween(bins: readonly HistogramBin[], fromMs: number, toMs: number): number {
  return bins.reduce((sum, bin) => {
    const overlap = Math.min(toMs, bin.toMs) - Math.max(fromMs, bin.fromMs);
    return overlap <= 0 ? sum : sum + (bin.share * overlap) / (bin.toMs - bin.fromMs);
  }, 0);
}

function marksOf({
  prediction,
  summary,
}: RoundGroup): readonly { readonly ms: number; readonly words: string }[] {
  const s = (ms: number) => (ms / 1000).toFixed(1);
  if (prediction) {
    const { minMs, p50Ms, maxMs } = prediction;
    return [
      { ms: minMs, words: `${s(minMs)} s` },
      { ms: maxMs, words: `${s(maxMs)} s` },
      { ms: p50Ms, words: `half by ${s(p50Ms)} s` },
    ];
  }
  return [summary.minMs, summary.maxMs].flatMap((ms) => (ms === null ? [] : [{ ms, words: `${s(ms)} s` }]));
}

function axisOf(group: RoundGroup, scale: Scale): string {
  const at = new Set(marksOf(group).map(({ ms }) => scale.column(ms)));
  return Array.from({ length: scale.columns }, (_, x) => (at.has(x) ? '┴' : '─')).join('');
}

function legendOf(group: RoundGroup, byFile: boolean): string {
  const band = group.prediction ? ', above it how likely the rules make it' : '';
  const rows = byFile ? 'A row for each recording: rounds, median, a dot a round' : 'A dot a round';
  const median = !byFile && group.summary.medianInterval ? ' ◆ is the median, with its interval.' : '';
  return `${rows}${band}; ${countsFrom(group)}.${median}`;
}
