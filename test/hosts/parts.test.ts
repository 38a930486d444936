// The small parts under a Host: quoting through a real shell, lines, marks, clocks, echoes.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteArgv, quoteWord } from '../../src/hosts/quote.ts';
import { parseClock } from '../../src/hosts/shell/clocksource.ts';
import { bestEcho } from '../../src/hosts/shell/echo.ts';
import { LineSplitter, longestLine } from '../../src/hosts/shell/lines.ts';
import { MarkedOutput } from '../../src/hosts/shell/marked.ts';
import { Slots } from '../../src/hosts/ssh/slots.ts';
import { needsSudo, sudoFailure } from '../../src/hosts/sudo.ts';

const shells = ['sh', 'bash'].filter((shell) => {
  try {
    execFileSync(shell, ['-c', 'true']);
    return true;
  } catch {
    return false;
  }
});

const word = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...`'"\\$\`!*?[]{}()<>|&;#~=% \t\n-a`), maxLength: 12 }),
  )
  .filter((text) => !text.includes('\0'));

describe('quoting', () => {
  it.each(shells)('brings every word through %s as it was', (shell) => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const line = quoteArgv(['printf', '%s\\0', ...words, 'end']);
        const out = execFileSync(shell, ['-c', line], { encoding: 'utf8' });
        expect(out.split('\0').slice(0, -1)).toEqual([...words, 'end']);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves plain words plain, and quotes what looks like an assignment or nothing', () => {
    expect(quoteArgv(['systemctl', 'stop', 'kube-scheduler.service'])).toBe(
      'systemctl stop kube-scheduler.service',
    );
    expect(quoteArgv(['PATH=/evil', 'a=b'])).toBe("'PATH=/evil' a=b");
    expect(quoteWord('')).toBe("''");
    expect(quoteWord('~root')).toBe("'~root'");
    expect(() => quoteWord('a\0b')).toThrow(TypeError);
    expect(() => quoteArgv([])).toThrow(TypeError);
  });
});

const chunked = (text: string) => {
  const bytes = Buffer.from(text);
  return fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }).map((cuts) => {
    const at = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
    return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
  });
};

describe('lines', () => {
  it('are the same however they arrive', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '→', '𝄞', '\n', '\r\n', 'x'), maxLength: 40 });
    fc.assert(
      fc.property(
        text.chain((each) => fc.tuple(fc.constant(each), chunked(each))),
        ([whole, chunks]) => {
          const splitter = new LineSplitter();
          const lines = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
          const expected = whole.split('\n').map((line) => line.replace(/\r$/, ''));
          if (whole.endsWith('\n') || whole === '') expected.pop();
          expect(lines).toEqual(expected);
        },
      ),
    );
  });

  it('never hold more than the longest line', () => {
    const splitter = new LineSplitter();
    for (let index = 0; index < 100; index++) expect(splitter.push(Buffer.alloc(10_000, 'x'))).toEqual([]);
    const [line] = splitter.push(Buffer.from('tail\nnext'));
    expect(line).toBe(`${'x'.repeat(longestLine)}…`);
    expect(splitter.end()).toEqual(['next']);
  });
});

describe('marked output', () => {
  it('is cut out whole however it arrives, without what other commands left', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', '\n', 'T', 'TOK', ' ', 'ü'), maxLength: 20 });
    fc.assert(
      fc.property(
        fc
          .tuple(piece, piece)
          .chain(([before, text]) =>
            fc.tuple(fc.constant(text), chunked(`${before}\nTOKEN b1\n${text}TOKEN e1 42\n`)),
          ),
        ([text, chunks]) => {
          const output = new MarkedOutput('TOKEN b1', 'TOKEN e1 ');
          const found = chunks.map((chunk) => output.push(chunk)).filter((each) => each !== null);
          expect(found.at(0)).toEqual({ text, note: '42' });
        },
      ),
    );
  });
});

describe('clocks', () => {
  it.each([
    ['1795387829.542290', 1795387829542.29],
    ['1795387829,000001', 1795387829000.001],
    ['1795387829542290123', 1795387829542.29],
  ])('reads %s', (written, expected) => {
    expect(parseClock(written)).toBeCloseTo(expected, 3);
  });

  it.each(['', 'none', '1795387829%N', '1795387829', '-1'])('reads no time in "%s"', (written) => {
    expect(parseClock(written)).toBeNaN();
  });

  it('holds the true offset within the error bar, whatever the delays were', () => {
    const delay = fc.double({ min: 0, max: 500, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 8 }),
        (offset, delays) => {
          let now = 1e6;
          const echoes = delays.map(([there, back]) => {
            const sentMs = now;
            now += there + back + 1;
            return { sentMs, receivedMs: sentMs + there + back, hostMs: sentMs + there + offset };
          });
          const best = bestEcho(echoes);
          expect(Math.abs((best?.offsetMs ?? Number.NaN) - offset)).toBeLessThanOrEqual(
            (best?.errorMs ?? 0) + 1e-6,
          );
          expect(best?.errorMs).toBe(Math.min(...echoes.map((echo) => (echo.receivedMs - echo.sentMs) / 2)));
        },
      ),
    );
    expect(bestEcho([])).toBeNull();
  });
});

describe('slots', () => {
  it('let no more in than there are, and nobody is forgotten', async () => {
    const slots = new Slots(3);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const slot = await slots.take();
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        slot.release();
        slot.release();
      }),
    );
    expect(most).toBe(3);
    expect(slots.free).toBe(3);
  });
});

describe('sudo', () => {
  it.each([
    ['auto', false, true, true],
    ['auto', true, true, false],
    ['auto', false, undefined, false],
    ['never', false, true, false],
    ['always', true, true, true],
    ['always', true, undefined, false],
  ] as const)('mode %s, root %s, asked %s: %s', (mode, loginIsRoot, asked, expected) => {
    expect(needsSudo({ mode, loginIsRoot }, asked)).toBe(expected);
  });

  it.each([
    [1, 'sudo: a password is required\n', 'sudo-refused'],
    [1, 'sudo: sorry, you must have a tty to run sudo\n', 'sudo-refused'],
    [1, 'ann is not in the sudoers file.  This incident will be reported.\n', 'sudo-refused'],
    [1, "Sorry, user ann is not allowed to execute '/bin/cat' as root on a.\n", 'sudo-refused'],
    [127, 'bash: line 1: exec: sudo: not found\n', 'sudo-missing'],
    [1, 'sudo: unable to resolve host kuberm: Name or service not known\n', undefined],
    [1, 'Failed to stop x.service: Unit x.service not loaded.\n', undefined],
    [0, 'sudo: a password is required\n', undefined],
  ])('exit %i with "%s" is %s', (code, stderr, expected) => {
    expect(sudoFailure({ code, stderr }, { host: 'kuberm', line: 'sudo -n x' })?.code).toBe(expected);
  });
});
