// A comparison for the terminal: the verdict, and of each pair what changed, in words and in a picture.
import type { Effect } from '../../model/effect.ts';
import { effectSentences } from '../../model/effectwords.ts';
import { questionName } from '../../model/groupwords.ts';
import type { ReportVerdict } from '../../model/reportverdict.ts';
import { type Line, line, span } from '../line.ts';
import { wrapText } from '../wrap.ts';
import { verdictLines } from './page.ts';
import { sideStrips } from './sidestrips.ts';

export interface Comparison {
  readonly verdict: ReportVerdict;
  readonly effects: readonly Effect[];
  /** Sentences on what only one side has. */
  readonly leftOut: readonly string[];
  readonly width: number;
}

export function comparisonLines({ verdict, effects, leftOut, width }: Comparison): readonly Line[] {
  return [
    ...shortComparison({ verdict, width }),
    ...leftOut.flatMap((sentence) => wrapText(sentence, width, 'warn', '  ')),
    ...effects.flatMap((effect) => {
      const strips = sideStrips(effect, width);
      return [
        [],
        line(span(questionName(effect.pair), 'title')),
        ...effectSentences(effect).flatMap((sentence) => wrapText(sentence, width, 'plain', '  ')),
        ...(strips.length === 0 ? [] : [[], ...strips]),
      ];
    }),
  ];
}

/** The verdict alone, for `--quiet`. */
export function shortComparison({ verdict, width }: Pick<Comparison, 'verdict' | 'width'>): readonly Line[] {
  return verdictLines(verdict, width);
}
