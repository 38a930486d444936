// Before and after on one axis, each with its median and interval; and the difference on an axis of its own, with nothing in its middle.
import type { Effect } from '../../model/effect.ts';
import { type Line, line, span } from '../line.ts';
import { dots, intervalBar, labelled } from './marksonscale.ts';
import { type Scale, scaleAround } from './scale.ts';

/** Empty where a side has nothing. */
export function sideStrips(effect: Effect, width: number): readonly Line[] {
  const { before, after, intervalMs, differenceMs } = effect;
  if (before.n === 0 || after.n === 0) return [];
  const columns = Math.max(20, Math.min(width, 120) - 13);
  const all = [...before.valuesMs, ...after.valuesMs];
  const scale = scaleAround([Math.min(...all), Math.max(...all)], columns);
  const row = (name: string, of: string, tone: 'strong' | 'good' | 'dim' | 'accent') =>
    line(`  ${name.padEnd(10)}`, span(of.trimEnd(), tone));
  const side = (name: string, summary: Effect['before']): readonly Line[] => [
    row(name, dots(summary.valuesMs, scale), 'strong'),
    ...(summary.medianInterval && summary.medianMs !== null
      ? [row('', intervalBar({ ...summary.medianInterval, middleMs: summary.medianMs }, scale), 'good')]
      : []),
  ];
  return [
    ...side('before', before),
    ...side('after', after),
    ...axis(scale, [scale.fromMs, scale.toMs]).map((each) => row('', each, 'dim')),
    ...(intervalMs === null || differenceMs === null
      ? []
      : differenceLines({ ...intervalMs, differenceMs }, columns).map(([name, of, tone]) =>
          row(name, of, tone),
        )),
  ];
}

function axis(scale: Scale, ends: readonly number[]): readonly string[] {
  const s = (ms: number) => `${(ms / 1000).toFixed(1).replace('-', '−')} s`;
  return [
    '─'.repeat(scale.columns),
    labelled(
      ends.map((ms) => ({ ms, words: s(ms) })),
      scale,
    ),
  ];
}

function differenceLines(
  { low, high, differenceMs }: { readonly low: number; readonly high: number; readonly differenceMs: number },
  columns: number,
): readonly (readonly [string, string, 'accent' | 'dim'])[] {
  const reach = Math.max(Math.abs(low), Math.abs(high), 1) * 1.1;
  const scale = scaleAround([-reach, reach], columns, 'whole');
  const bar = intervalBar({ lowMs: low, highMs: high, middleMs: differenceMs }, scale);
  const zero = scale.column(0);
  const ruled = `${'─'.repeat(zero)}┼${'─'.repeat(columns - zero - 1)}`;
  const s = (ms: number) => `${(Math.abs(ms) / 1000).toFixed(1)} s`;
  const words = [
    { ms: 0, words: 'no difference' },
    { ms: -reach, words: `${s(reach)} sooner` },
    { ms: reach, words: `${s(reach)} later` },
  ];
  return [
    ['', '', 'dim'],
    ['difference', bar, 'accent'],
    ['', ruled, 'dim'],
    ['', labelled(words, scale), 'dim'],
  ];
}
