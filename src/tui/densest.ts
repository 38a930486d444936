// The form in which what is to be done is drawn: as roomy as leaves the text its lines, with logs or without.
import { type Density, doLines } from './dolines.ts';
import type { Draw } from './draw.ts';
import type { Layout } from './layout.ts';
import type { Line } from './line.ts';

interface Fitting {
  readonly width: number;
  readonly words: number;
  readonly fitted: (doing: readonly Line[], logs: boolean) => Layout;
  /** The strip is what matters now, and the logs under it; the text has been read. */
  readonly hero: boolean;
}

/** The roomiest form of what is to be done that stands whole and leaves the text a few lines; rather without logs,
 * which are a key away, than without text. */
export function densest(draw: Draw, { width, words, fitted, hero }: Fitting) {
  // Where there is nothing but logs to look at, they are not given up for a line of text.
  const least = draw.step?.actions.length === 0 ? 2 : 3;
  const form = (density: Density, logs: boolean) => {
    const doing = doLines(draw, width, density);
    const layout = fitted(doing, logs);
    const room = density === 'roomy' ? words : Math.min(words, least);
    return { doing, layout, good: layout.text.doing === doing.length && layout.text.words >= room };
  };
  // Each form is laid out only where the roomier one did not fit: this is done for every frame.
  const fits = (density: Density, logs = true) => {
    const one = form(density, logs);
    return one.good ? one : undefined;
  };
  // Who has something to run reads the step first: all of it, where that takes no more than the logs' room, or most of it.
  const reads = (density: Density, lines = words) => {
    const one = form(density, false);
    return one.good && one.layout.text.words >= Math.min(words, lines) ? one : undefined;
  };
  const reading = draw.situation.action !== null && !hero;
  // Once all is done and put back, what came of it is told in words, and they matter more than logs.
  const told =
    draw.explanation !== null && draw.step?.actions.length !== 0 && draw.situation.primary?.does === 'next';
  const good =
    fits('roomy') ??
    (reading ? (reads('roomy') ?? reads('tight')) : undefined) ??
    (told ? (fits('roomy', false) ?? fits('tight', false)) : undefined) ??
    (reading ? (reads('tight', 4) ?? reads('cut', 4) ?? reads('few')) : undefined) ??
    fits('tight') ??
    fits('cut') ??
    (hero ? undefined : (fits('tight', false) ?? fits('cut', false))) ??
    fits('few') ??
    fits('least');
  if (good) return good;
  // Whole at least, if with less text than one would like.
  for (const density of ['tight', 'cut'] as const) {
    const one = form(density, true);
    if (one.layout.text.doing === one.doing.length) return one;
  }
  return form('least', true);
}
