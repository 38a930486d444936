// A failover among three masters of a sandbox: one of the two standbys takes over, and everything is as before.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { programFolder } from '../../src/sandbox/programs.ts';

const home = mkdtempSync(join(tmpdir(), 'kha-three-'));
const run = (...words: string[]) =>
  execa(process.execPath, [join(programFolder(), 'cli.js'), ...words], {
    reject: false,
    stdin: 'ignore',
    cwd: home,
    env: { XDG_STATE_HOME: home },
  });

describe('a sandbox of three masters', () => {
  afterAll(() => rmSync(home, { recursive: true }));

  it('hands the lead over to one of two standbys', async () => {
    const terms = ['--lease-duration', '3s', '--renew-deadline', '2s', '--retry-period', '1s'];
    const { stdout, stderr, exitCode } = await run(
      'failover',
      '--sandbox',
      '--masters',
      '3',
      '--json',
      ...terms,
    );
    expect(`${exitCode} ${stderr}`).toMatch(/^0 /);
    const result = JSON.parse(stdout);
    expect(result.masters.map(({ name }: { name: string }) => name)).toEqual([
      'kuberm',
      'kuberm2',
      'kuberm3',
    ]);
    expect(result.lock.leaseDurationSeconds).toBe(3);
    expect(result).toMatchObject({ restored: true, steady: true });
    const [round] = result.rounds;
    expect(round).toMatchObject({ from: 'kuberm', verdict: 'passed' });
    expect(['kuberm2', 'kuberm3']).toContain(round.to);
    expect(round.handoverMs).toBeGreaterThan(2000 - 1000);
    expect(round.handoverMs).toBeLessThan(round.predictedMs.max);
  });

  it('is checked as a whole', async () => {
    const { stdout, exitCode } = await run('check', '--sandbox', '--masters', '3', '--json');
    const { masters, ok } = JSON.parse(stdout);
    expect(masters.map(({ name }: { name: string }) => name)).toEqual(['kuberm', 'kuberm2', 'kuberm3']);
    expect([ok, exitCode]).toEqual([true, 0]);
  });

  it.each([
    [['--masters', '1'], /number from 2 to 5/],
    [['--masters', '6'], /number from 2 to 5/],
    [['--clock', 'kuberm3=+3s'], /--clock names kuberm3, and there is no such master/],
    [['--clock', 'kuberm2=3s'], /kuberm2=\+3s, kuberm2=drift=\+200ppm/],
    [['--lease-duration', '2s', '--renew-deadline', '2s'], /--lease-duration must be longer/],
  ])('refuses %j', async (words, why) => {
    const { stderr, exitCode } = await run('failover', '--sandbox', ...words);
    expect(`${exitCode} ${stderr}`).toMatch(/^2 /);
    expect(stderr).toMatch(why);
  });

  it('does not shape real masters', async () => {
    const { stderr, exitCode } = await run('check', '--inventory', 'x.yaml', '--masters', '3');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--masters shapes a sandbox, and these masters are real.');
  });
});
