// The stopwatch in big digits: one bitmap of three by five, drawn small in half blocks, large or huge in full ones.

const glyphs: Readonly<Record<string, readonly string[]>> = {
  '0': ['###', '# #', '# #', '# #', '###'],
  '1': [' # ', '## ', ' # ', ' # ', '###'],
  '2': ['###', '  #', '###', '#  ', '###'],
  '3': ['###', '  #', '###', '  #', '###'],
  '4': ['# #', '# #', '###', '  #', '  #'],
  '5': ['###', '#  ', '###', '  #', '###'],
  '6': ['###', '#  ', '###', '# #', '###'],
  '7': ['###', '  #', '  #', '  #', '  #'],
  '8': ['###', '# #', '###', '# #', '###'],
  '9': ['###', '# #', '###', '  #', '###'],
  '.': [' ', ' ', ' ', ' ', '#'],
  ' ': [' ', ' ', ' ', ' ', ' '],
  s: ['   ', ' ##', '#  ', ' # ', '## '],
};

/** Three rows of half blocks. */
export function smallDigits(text: string): readonly string[] {
  const rows = bitmap(text);
  return [0, 2, 4].map((top) =>
    [...(rows[top] ?? '')].map((upper, x) => half(upper === '#', rows[top + 1]?.[x] === '#')).join(''),
  );
}

/** Five rows, every dot two columns wide. */
export function largeDigits(text: string): readonly string[] {
  return bitmap(text).map((row) => [...row].map((dot) => (dot === '#' ? '██' : '  ')).join(''));
}

/** Ten rows, every dot four columns wide: to be read from the back of a room. */
export function hugeDigits(text: string): readonly string[] {
  return bitmap(text).flatMap((row) => {
    const wide = [...row].map((dot) => (dot === '#' ? '████' : '    ')).join('');
    return [wide, wide];
  });
}

function bitmap(text: string): readonly string[] {
  return [0, 1, 2, 3, 4].map((row) => [...text].map((c) => glyphs[c]?.[row] ?? '   ').join(' '));
}

function half(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
