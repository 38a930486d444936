// Signs for plain lines, with plain letters where the locale cannot show them.
import type { Surroundings } from './surroundings.ts';

export function symbolsFor({ env }: Pick<Surroundings, 'env'>): {
  readonly pass: string;
  readonly fail: string;
  /** What bars are drawn with. */
  readonly bar: string;
} {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale)
    ? { pass: '✓', fail: '✗', bar: '█' }
    : { pass: 'ok  ', fail: 'FAIL', bar: '#' };
}
