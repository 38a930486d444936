// Whatever a host says, nothing of it can command a terminal or hide text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitise } from '../../src/model/sanitise.ts';

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\x1b',
      '\x1b[31m',
      '\x1b]0;t\x07',
      '\x9b',
      '[',
      'm',
      '\t',
      '\r',
      '\n',
      '\u202e',
      '\u2028',
      '\ud800',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    fc.constantFrom('a', '漢', '👩‍💻', '\ufffd'),
  ),
  maxLength: 40,
});

describe('sanitise', () => {
  it('never lets a control, bidi or unpaired character through', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(sanitise(text)).not.toMatch(
          /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
        );
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(sanitise(sanitise(text))).toBe(sanitise(text));
      }),
    );
  });

  it('leaves ordinary text alone, in any script', () => {
    for (const text of ['I1122 20:04:00.355031 a.go:1] "x" err="y"', 'größer 漢字 👩‍💻', '\ufffd']) {
      expect(sanitise(text)).toBe(text);
    }
  });

  it('drops colours and line ends, shows every other order to the terminal', () => {
    expect(sanitise('\x1b[1;31mred\x1b[0m\r\n')).toBe('red');
    expect(sanitise('\x1b]0;title\x07\x1b[2J')).toBe('␛]0;title␇␛[2J');
    expect(sanitise('\x1b\x1b[0m[31m')).toBe('␛[31m');
    expect(sanitise('a\nb\x9bc\u202ed')).toBe('a␊b‹U+009B›c‹U+202E›d');
  });

  it('expands tabs to columns of eight', () => {
    expect(sanitise('\tx\tyz\t.')).toBe(`${' '.repeat(8)}x${' '.repeat(7)}yz${' '.repeat(6)}.`);
  });
});
