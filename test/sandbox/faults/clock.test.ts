// Masters whose clocks are wrong: everything on a master agrees, and a handover comes out as it truly was.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClockFault, wrongBy } from '../../../src/sandbox/clock/fault.ts';
import { programFolder } from '../../../src/sandbox/programs.ts';
import { until } from '../supervisor/poll.ts';
import { hasSsh } from '../supervisor/ssh.ts';
import { type Arena, createArena } from './arena.ts';

const unit = 'kube-scheduler.service';

describe('a clock’s fault', () => {
  it('is read in all its parts', () => {
    expect(readClockFault('+3s,drift=-200.5ppm,step=+500ms@20s,step=-1s@1m')).toEqual({
      offsetMs: 3000,
      driftPpm: -200.5,
      steps: [
        { byMs: 500, afterMs: 20_000 },
        { byMs: -1000, afterMs: 60_000 },
      ],
    });
    for (const text of ['3s', '+3', 'drift=200', 'step=500ms@20s', 'step=+1s', '', '+3s,']) {
      expect([text, readClockFault(text)]).toEqual([text, null]);
    }
  });

  it('adds up: offset, drift since the beginning, steps once they have come', () => {
    const fault = { offsetMs: -3000, driftPpm: 200, steps: [{ byMs: 500, afterMs: 20_000 }], sinceMs: 1000 };
    expect([1000, 11_000, 20_999, 21_000].map((at) => wrongBy(fault, at))).toEqual([
      -3000,
      -2998,
      expect.closeTo(-2996.0002, 6),
      -2496,
    ]);
  });
});

describe.skipIf(!hasSsh)('masters with wrong clocks', () => {
  let arena: Arena;
  let beganMs: number;
  const faults = {
    kuberm: readClockFault('-3s,drift=+200ppm'),
    kuberm2: readClockFault('+3s,drift=-200ppm'),
  };
  const known = (master: 'kuberm' | 'kuberm2') => {
    const fault = faults[master];
    if (!fault) throw new Error('no fault was read');
    return fault;
  };
  /** The true time at which that master's clock showed this one. */
  const truth = (master: 'kuberm' | 'kuberm2', shownMs: number) =>
    shownMs - wrongBy({ ...known(master), sinceMs: beganMs }, shownMs - known(master).offsetMs);

  beforeAll(async () => {
    beganMs = Date.now();
    arena = await createArena({
      lock: 'leases',
      clocks: { kuberm: known('kuberm'), kuberm2: known('kuberm2') },
    });
  });
  afterAll(() => arena?.sandbox.down());

  it.each(['kuberm', 'kuberm2'] as const)('agree on %s: date, shell, journal, log lines', async (master) => {
    const before = Date.now();
    const shown = Number(await arena.say(master, 'date +%s%N')) / 1e6;
    const after = Date.now();
    expect(truth(master, shown)).toBeGreaterThan(before - 2);
    expect(truth(master, shown)).toBeLessThan(after + 2);
    expect(await arena.say(master, 'bash --noprofile --norc -c \'echo "<$EPOCHREALTIME>"\'')).toBe('<>');

    const said = JSON.parse(await arena.say(master, `journalctl -u ${unit} -n 1 -o json`));
    const stampedMs = Number(said.__REALTIME_TIMESTAMP) / 1000;
    expect(Math.abs(truth(master, stampedMs) - Date.now())).toBeLessThan(2500);
    const line = await arena.say(master, `journalctl -u ${unit} -n 1 -o short-precise`);
    const [journal = '', written = ''] = line.match(/\d\d:\d\d:\d\d\.\d{6}/g) ?? [];
    expect(line).toMatch(/kube-scheduler\[\d+\]: [IEW]\d{4} /);
    expect(Math.abs(secondsOf(journal) - secondsOf(written))).toBeLessThan(0.5);
  });

  it('write records by the leader’s clock', async () => {
    const text = await arena.say('kuberm', 'kubectl -n kube-system get lease kube-scheduler -o json');
    const renewed = Date.parse(JSON.parse(text).spec.renewTime);
    expect(Math.abs(truth('kuberm', renewed) - Date.now())).toBeLessThan(2500);
  });

  it('give the handover that there was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kha-clock-'));
    const { inventoryFile } = arena.sandbox;
    const words = ['failover', '--inventory', inventoryFile, '--yes', '--json', '--no-canary'];
    const { stdout, stderr } = await execa(
      process.execPath,
      [join(programFolder(), 'cli.js'), ...words, '--record', join(folder, 'run.jsonl')],
      { reject: false, stdin: 'ignore', env: { XDG_STATE_HOME: folder } },
    );
    rmSync(folder, { recursive: true });
    const [round] = JSON.parse(stdout).rounds;
    expect({ ...round, stderr }).toMatchObject({ from: 'kuberm', to: 'kuberm2', verdict: 'passed' });

    const stopping = await stampOf('kuberm', 'Stopping Kubernetes Scheduler');
    const acquired = await stampOf('kuberm2', 'Successfully acquired lease', { written: true });
    const handoverMs = acquired - stopping;
    // systemctl is called right after the clock was read, and says so in the journal a little later.
    expect(round.handoverMs).toBeGreaterThan(handoverMs - round.handoverErrorMs);
    expect(round.handoverMs).toBeLessThan(handoverMs + round.handoverErrorMs + 250);
    // How narrow it is depends on the machine; that six seconds lie between the clocks must not show.
    expect(round.handoverErrorMs).toBeLessThan(1000);
    const mark = round.marks.find(({ name }: { name: string }) => name === 'acquired');
    expect(Math.abs(Date.parse(mark.at) - acquired)).toBeLessThan(mark.errorMs + 0.5);
  });

  /** When it truly was: by the journal, or by what the component itself wrote into the line. */
  async function stampOf(
    master: 'kuberm' | 'kuberm2',
    words: string,
    { written = false } = {},
  ): Promise<number> {
    const line = await until(`"${words}" on ${master}`, async () => {
      const text = await arena.say(master, `journalctl -o json -g '${words}' -n 1`);
      return text.startsWith('{') && text;
    });
    const entry = JSON.parse(line);
    const stampedMs = Number(entry.__REALTIME_TIMESTAMP) / 1000;
    if (!written) return truth(master, stampedMs);
    // The line leaves the day out: it is at most a second older than its entry, over midnight too.
    const stamped = new Date(stampedMs);
    const sinceMidnight = (stampedMs - new Date(stamped).setHours(0, 0, 0, 0)) / 1000;
    const behind = (sinceMidnight - secondsOf(entry.MESSAGE) + 86_400) % 86_400;
    return truth(master, stampedMs - behind * 1000);
  }
});

function secondsOf(text: string): number {
  const [, h = '', m = '', s = ''] = /(\d\d):(\d\d):(\d\d\.\d{6})/.exec(text) ?? [];
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
}
