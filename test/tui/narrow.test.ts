// The characters that the bundle takes for one cell wide without asking are so by the library that would be asked.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { narrow } from '../../patches.mjs';

const characters = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
  new RegExp(`^[${narrow}]$`).test(one),
);

describe('text that needs no segmenter', () => {
  it('is one cell wide, character by character', () => {
    expect(characters.length).toBeGreaterThan(700);
    expect(characters.filter((one) => stringWidth(one) !== 1)).toEqual([]);
  });

  it('never joins with its neighbour to one cluster', () => {
    const segmenter = new Intl.Segmenter();
    const text = characters.flatMap((one) => [one, 'x', one, one, '\x1b']).join('');
    expect([...segmenter.segment(text)]).toHaveLength(text.length);
  });
});
