// `date` of a master whose clock is wrong, run for real: it shows the true time and what is wrong with it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ClockFault, wrongBy } from '../../../src/sandbox/clock/fault.ts';
import { dateTool } from '../../../src/sandbox/shim/date-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'kha-date-'));
const perl = process.platform === 'linux' ? null : '/usr/bin/perl';
const hour = 3_600_000;

describe('date on a master', () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<[string, Partial<ClockFault>]>([
    ['ahead', { offsetMs: 3000.000_001 }],
    ['behind', { offsetMs: -3000.05 }],
    ['too fast since an hour', { driftPpm: 200 }],
    ['too slow since an hour', { driftPpm: -200.5, offsetMs: 100 }],
    [
      'set once, and once more later',
      {
        steps: [
          { byMs: 500, afterMs: hour / 2 },
          { byMs: hour, afterMs: 2 * hour },
        ],
      },
    ],
  ])('tells a time that is %s', (_, fault) => {
    const setting = { offsetMs: 0, driftPpm: 0, steps: [], ...fault, sinceMs: Date.now() - hour };
    const path = join(folder, 'date');
    writeFileSync(path, dateTool(setting, perl), { mode: 0o700 });
    const before = Date.now();
    const shown = Number(execFileSync(path, ['+%s%N'], { encoding: 'utf8' })) / 1e6;
    const after = Date.now();
    // The counter it reads has hundredths of a second, and Date.now() whole milliseconds.
    expect(shown - wrongBy(setting, after)).toBeGreaterThan(before - 2);
    expect(shown - wrongBy(setting, before)).toBeLessThan(after + 2);
    // Asked for another time than now, it tells that one: GNU's words.
    if (process.platform === 'linux')
      expect(execFileSync(path, ['-u', '-d', '@0', '+%Y'], { encoding: 'utf8' })).toBe('1970\n');
  });
});
