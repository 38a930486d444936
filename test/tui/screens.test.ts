// Whole screens as a person sees them, at the sizes people have.
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { compose } from '../../src/tui/compose.ts';
import { lineWidth, textOf } from '../../src/tui/line.ts';
import { LogBook } from '../../src/tui/logbook.ts';
import { firstView } from '../../src/tui/view.ts';
import { type Mounted, mounted } from './mounted.ts';
import { handover, plan, started, stopAtMs, takenAtMs } from './stream.ts';
import { composedText, type SubjectWish, subjectAt } from './subject.ts';

const open: Mounted[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.unmount();
});

async function seen(wish: SubjectWish, env?: Record<string, string>): Promise<string> {
  const screens = mounted(wish, env);
  open.push(screens);
  const text = await screens.screen();
  expect(screens.bytes()).not.toContain('\x1b[3J');
  return `\n${text}\n`;
}

test('80x24, before the guess: all of the text, command with its host and way back, checks', async () => {
  expect(await seen({ atMs: 15_000 })).toMatchInlineSnapshot(`
    "
     kha-lab  HA masters  2/3  Stop the scheduler on the leader        ● rec 00:15
     kuberm   ssh 3 ms  +0.4 ±0.1 ms  api ok  sched ★ leader   ctrl-mgr ★ leader
     kuberm2  ssh 4 ms  −1.2 ±0.1 ms  api ok  sched ○ standby  ctrl-mgr ○ standby
     lock scheduler  held by kuberm  renewed 1.5 s ago  not free for ≥ 13.5 s
    ───────────────────────────────────────────────────────────────────────────────
     kuberm holds the lock. If its scheduler goes away, nobody schedules pods
     until kuberm2 takes the lock.

     • the leader renews every 2 s
     • the standby looks every 2 to 4.4 s, and starts its own 15 s when it sees a
       renewal

     Your guess first: how long will it take?
       · about 2 s   · about 10 s   · 15 s exactly   · 13 to 24 s

     on kuberm   sudo -n systemctl stop kube-scheduler
     comes back  by itself after 60 s, even if this laptop dies

     ✓ kuberm leads   ✓ kuberm2 stands by   ○ scheduler stopped   ○ handover timed


    ───────────────────────────────────────────────────────────────────────────────
     enter guess, then run it   n next   h hint   l logs   ? help   ctrl+c leave
    "
  `);
});

test('80x24, the fault is on: the stopwatch is the hero', async () => {
  expect(await seen({ atMs: stopAtMs + 8300 })).toMatchInlineSnapshot(`
    "
     kha-lab  HA masters  2/3  Stop the scheduler on the leader        ● rec 00:47
     kuberm   ssh 3 ms  +0.4 ±0.1 ms  api ok  sched ✗ stopped  ctrl-mgr ★ leader
     kuberm2  ssh 4 ms  −1.2 ±0.1 ms  api ok  sched ○ standby  ctrl-mgr ○ standby
     lock scheduler  held by kuberm  renewed 10.2 s ago  not free for ≥ 4.8 s
    ───────────────────────────────────────────────────────────────────────────────
     kuberm holds the lock. If its scheduler goes away, nobody schedules pods
     until kuberm2 takes the lock.
     ↓ 4 more lines
     ▸ Stop it, and watch  running: waiting for another leader
     ✓ kuberm leads   ✓ kuberm2 stands by   ✓ scheduler stopped   ○ handover timed
    ───────────────────────────────────────────────────────────────────────────────
     kuberm ✗ stopped  scheduler       live│ kuberm2 ○ standby  scheduler      live
     50:25.608 renewed                     │ 50:28.394 held by kuberm
     50:27.615 renewed                     │ 50:32.375 held by kuberm
     50:29.554 ends: asked to stop         │ 50:35.137 held by kuberm
    ───────────────────────────────────────────────────────────────────────────────
     █▀█   ▀▀█    ▄▄   stop on kuberm at 50:29.542
     █▀█   ▀▀█   ▀▄    expected 13.9 to 18.3 s   guess about 10 s   half by 15.5 s
     ▀▀▀ ▀ ▀▀▀   ▀▀    kuberm comes back by itself within 49 s
                                               ▅▆▆▇███▆▅▄▃▂▁▁
     ◆━━━━━━━━━━━━━━━━━━━━━━━━●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄◆┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
     fault                                lease over     18.3 s
     h hint   c commands   l logs   t timeline   / filter   ? help   ctrl+c leave
    "
  `);
});

test('80x24, taken over: result with its error bar, guess, expectation, and why', async () => {
  const explanation = 'the standby waits its whole `15 s`, then takes the lock at its next look.';
  expect(await seen({ atMs: takenAtMs + 900, explanation })).toMatchInlineSnapshot(`
    "
     kha-lab  HA masters  2/3  Stop the scheduler on the leader        ● rec 00:56
     kuberm   ssh 3 ms  +0.4 ±0.1 ms  api ok  sched ✗ stopped  ctrl-mgr ★ leader
     kuberm2  ssh 4 ms  −1.2 ±0.1 ms  api ok  sched ★ leader   ctrl-mgr ○ standby
     lock scheduler  held by kuberm2  renewed 0.9 s ago  not free for ≥ 14.1 s
    ───────────────────────────────────────────────────────────────────────────────
     What happened: the standby waits its whole 15 s, then takes the lock at its
     next look.

     ↓ 6 more lines
     ▸ Stop it, and watch  running: putting kuberm back
     ✓ kuberm leads   ✓ kuberm2 stands by   ✓ scheduler stopped   ✓ handover timed
    ───────────────────────────────────────────────────────────────────────────────
     kuberm ✗ stopped  scheduler       live│ kuberm2 ★ leader  scheduler       live
     50:27.615 renewed                     │ 50:43.225 held by kuberm
     50:29.554 ends: asked to stop         │ 50:45.877 took the lock
    ───────────────────────────────────────────────────────────────────────────────
     ▄█  █▀▀   ▀▀█ ▀▀█ █▀▀    ▄▄   kuberm2 ★ leads   handover 16.335 s ± 0.4 ms
      █  █▀█   ▀▀█ ▀▀█ ▀▀█   ▀▄    expected 13.0 to 23.8 s   guess about 10 s
     ▀▀▀ ▀▀▀ ▀ ▀▀▀ ▀▀▀ ▀▀▀   ▀▀    kuberm comes back by itself within 40 s
                                            ▁▁▁▁▂▂▃▄▅▆▇██████▆▆▅▄▃▂▂▁▁▁▁▁▁▁▁▁▁
     ◆━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━◆━━━━━━●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
     fault                                13.0    acquired                23.8 s
     n next   h hint   c commands   l logs   t timeline   ? help   ctrl+c leave
    "
  `);
});

test('120x40: text and logs beside each other, the forecast once the guess is made', async () => {
  expect(await seen({ atMs: 25_000, columns: 120, rows: 40 })).toMatchInlineSnapshot(`
    "
     kha-lab  HA masters  2/3  Stop the scheduler on the leader                                                ● rec 00:25
     kuberm   ssh 3 ms  clock +0.4 ±0.1 ms  api ok  scheduler ★ leader   controller-manager ★ leader
     kuberm2  ssh 4 ms  clock −1.2 ±0.1 ms  api ok  scheduler ○ standby  controller-manager ○ standby
     lock kube-system/kube-scheduler (Endpoints)  held by kuberm  renewed 1.4 s ago  no standby can take it for ≥ 13.6 s
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     kuberm holds the lock. If its scheduler goes away, nobody   │ kuberm ★ leader  scheduler                          live
     schedules pods until kuberm2 takes the lock.                │ 49:51.508 renewed
                                                                 │ 49:53.512 renewed
     • the leader renews every 2 s                               │ 49:55.518 renewed
     • the standby looks every 2 to 4.4 s, and starts its own 15 │ 49:57.522 renewed
       s when it sees a renewal                                  │ 49:59.531 renewed
                                                                 │ 50:01.538 renewed
     your guess about 10 s                                       │ 50:03.546 renewed
                                                                 │ 50:05.557 renewed
     on kuberm   sudo -n systemctl stop kube-scheduler           │ 50:07.567 renewed
     comes back  by itself after 60 s, even if this laptop dies  │ 50:09.568 renewed
                                                                 │ 50:11.572 renewed
     ✓ kuberm leads   ✓ kuberm2 stands by   ○ scheduler stopped  │ 50:13.572 renewed
     ○ handover timed                                            │─────────────────────────────────────────────────────────
                                                                 │ kuberm2 ○ standby  scheduler                        live
                                                                 │ 49:52.269 held by kuberm, not yet expired
                                                                 │ 49:56.519 held by kuberm, not yet expired
                                                                 │ 49:59.410 held by kuberm, not yet expired
                                                                 │ 50:02.115 held by kuberm, not yet expired
                                                                 │ 50:06.069 held by kuberm, not yet expired
                                                                 │ 50:09.389 held by kuberm, not yet expired
                                                                 │ 50:11.491 held by kuberm, not yet expired
                                                                 │
                                                                 │
                                                                 │
                                                                 │
                                                                 │
                                                                 │
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     If it went now: expected 13.0 to 23.8 s after, half by 17.3 s
                                                                 ▁▁▁▁▁▁▂▂▃▃▄▄▆▆▇▇█████████▇▆▅▅▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
     ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
     0 s                                                       13.0                                            23.8 s
     enter run it   n next   h hint   c commands   l logs   t timeline   ? help   ctrl+c leave (puts everything back)
    "
  `);
});

test('80x24, many long commands: each on a line before it runs, and whole in the commands’ panel', () => {
  const arm = `systemd-run --unit=kha-lab-return '--description=kha-lab: stop kube-scheduler' --on-active=60 systemctl start x`;
  const commands = [
    { host: 'kuberm', text: 'systemctl stop kube-scheduler.service' },
    { host: 'kuberm', text: arm },
    { host: 'kuberm2', text: arm },
    { host: 'kuberm', text: 'systemctl start kube-scheduler.service' },
    { host: 'kuberm', text: 'systemctl stop kha-lab-return.timer' },
  ];
  const steps = plan.steps.map((step) => ({
    ...step,
    actions: step.actions.map((action) => ({ ...action, commands })),
  }));
  const wish = { atMs: 15_000, plan: { ...plan, steps } };
  const text = composedText(wish);
  for (const { text: command } of commands) expect(text).toContain(command.slice(0, 30));
  expect(text).toContain('○ handover timed');
  // What the step is about is read before anything is run: logs give way, not the text.
  expect(text).toContain('If its scheduler goes away');
  const panel = composedText({ ...wish, view: { panel: 'commands' }, rows: 40 });
  expect(panel.replace(/\s+/g, ' ')).toContain(arm);
});

test('80x24, before the guess: what will run, and the way back, stand there although the text is long', () => {
  const commands = ['stop', 'arm one', 'arm two', 'start', 'disarm one', 'disarm two'].map((text) => ({
    host: 'kuberm',
    text,
  }));
  const words = Array.from({ length: 4 }, (_, at) => `Sentence ${at + 1} of the text.`).join('\n\n');
  const steps = plan.steps.map((step) => ({
    ...step,
    text: words,
    actions: step.actions.map((action) => ({ ...action, commands })),
  }));
  const text = composedText({ atMs: 15_000, plan: { ...plan, steps } });
  for (const { text: command } of commands) expect(text).toContain(`on kuberm   ${command}`);
  expect(text).toContain('Sentence 2 of the text.');
  expect(text).toContain('enter guess, then run it');
});

test('80x24, the second of two faults: the one that is done still stands there as done', () => {
  const words = Array.from({ length: 4 }, (_, at) => `Sentence ${at + 1} of the text.`).join('\n\n');
  const commands = Array.from({ length: 7 }, (_, at) => ({ host: 'kuberm', text: `command ${at + 1}` }));
  const steps = plan.steps.map((step) => ({
    ...step,
    text: words,
    actions: step.actions.flatMap((action) => [
      action,
      { ...action, id: 'freeze', title: 'Freeze it', commands },
    ]),
  }));
  const view = { asked: { 'stop stop-leader': 1 } };
  const text = composedText({ atMs: 100_000, plan: { ...plan, steps }, view });
  expect(text).toMatch(/✓ Stop it, and watch +done\n ○ Freeze it/);
  expect(text).toContain('enter run it');
});

test('60x15: the least size still shows the command before it runs', async () => {
  expect(await seen({ atMs: 25_000, columns: 60, rows: 15 })).toMatchInlineSnapshot(`
    "
     kha-lab  2/3  Stop the scheduler on the lead… ● rec 00:25
     kuberm   api ok  sched ★ leader   ctrl-mgr ★ leader
     kuberm2  api ok  sched ○ standby  ctrl-mgr ○ standby
     lock scheduler  held by kuberm  renewed 1.4 s ago
    ───────────────────────────────────────────────────────────
     kuberm holds the lock. If its scheduler goes away, nobody
     ↓ 5 more lines
     your guess about 10 s
     on kuberm   sudo -n systemctl stop kube-scheduler
     comes back  by itself after 60 s, even if this laptop di…
     ✓ 2 of 4   ○ scheduler stopped
    ───────────────────────────────────────────────────────────
     If it went now: expected 13.0 to 23.8 s after, half by 17…
     enter run it   n next   h hint   ? help   ctrl+c leave
    "
  `);
});

test('60x15, the fault is on: the stopwatch has one line, and so has the result', async () => {
  const text = await seen({ atMs: stopAtMs + 8300, columns: 60, rows: 15 });
  expect(text).toMatchInlineSnapshot(`
    "
     kha-lab  2/3  Stop the scheduler on the lead… ● rec 00:47
     kuberm   api ok  sched ✗ stopped  ctrl-mgr ★ leader
     kuberm2  api ok  sched ○ standby  ctrl-mgr ○ standby
     lock scheduler  held by kuberm  renewed 10.2 s ago
    ───────────────────────────────────────────────────────────
     kuberm holds the lock. If its scheduler goes away, nobody…
     ▸ Stop it, and watch  running: waiting for another leader
     ✓ 3 of 4   ○ handover timed
    ───────────────────────────────────────────────────────────
     kuberm ✗ stopped  scheduler                           live
     50:29.554 ends: asked to stop
    ───────────────────────────────────────────────────────────
     8.3 s   stop on kuberm   expected 13.9 to 18.3 s
     h hint   c commands   l logs   ? help   ctrl+c leave
    "
  `);
  const after = await seen({ atMs: takenAtMs + 3_000, columns: 60, rows: 15 });
  expect(after).toMatchInlineSnapshot(`
    "
     kha-lab  2/3  Stop the scheduler on the lead… ● rec 00:58
     kuberm   api ok  sched ✗ stopped  ctrl-mgr ★ leader
     kuberm2  api ok  sched ★ leader   ctrl-mgr ○ standby
     lock scheduler  held by kuberm2  renewed 1.0 s ago
    ───────────────────────────────────────────────────────────
     kuberm holds the lock. If its scheduler goes away, nobody…
     ▸ Stop it, and watch  running: putting kuberm back
     ✓ 4 of 4
    ───────────────────────────────────────────────────────────
     kuberm2 ★ leader  scheduler                           live
     50:47.877 renewed
    ───────────────────────────────────────────────────────────
     16.335 s ± 0.4 ms   kuberm2 ★ leads
     n next   h hint   c commands   ? help   ctrl+c leave
    "
  `);
});

test('200x60, the fault is on: huge digits, and everything at once', async () => {
  const text = await seen({ atMs: stopAtMs + 8300, columns: 200, rows: 60 });
  expect(text).toContain(`${'█'.repeat(12)}    ████    ${'█'.repeat(12)}`);
  expect(text).toContain('sudo -n systemctl stop kube-scheduler');
  expect(text).toContain('kuberm2 ○ standby  scheduler');
});

test('an API server that was made to fall silent is no problem to look after; another that does is', () => {
  const seen = handover().map((o) => ('fault' in o ? { ...o, fault: 'apiserver' } : o));
  const silent = (atMs: number) => ({
    ...({
      seq: 9_000 + atMs,
      atMs,
      errorMs: 0,
      host: 'kuberm',
      kind: 'problem',
      code: 'api-unreachable',
    } as const),
    ...{ message: 'The API server did not answer.', tryThis: 'Check that it runs there.' },
  });
  const told = (atMs: number) => {
    const observations = [...seen, silent(atMs)].sort((a, b) => a.atMs - b.atMs);
    return composedText({ atMs: atMs + 10, observations, plan: null });
  };
  expect(told(stopAtMs + 3000)).not.toContain('did not answer');
  expect(told(stopAtMs - 5000)).toContain('did not answer');
});

test('watch: no text, both locks, the logs over the whole width', async () => {
  expect(await seen({ atMs: 15_000, plan: null, rows: 15 })).toMatchInlineSnapshot(`
    "
     kha-lab  HA masters                                               ● rec 00:15
     kuberm   ssh 3 ms  +0.4 ±0.1 ms  api ok  sched ★ leader   ctrl-mgr ★ leader
     kuberm2  ssh 4 ms  −1.2 ±0.1 ms  api ok  sched ○ standby  ctrl-mgr ○ standby
     lock scheduler  held by kuberm  renewed 1.5 s ago  not free for ≥ 13.5 s
    ───────────────────────────────────────────────────────────────────────────────
     kuberm ★ leader  scheduler        live│ kuberm2 ○ standby  scheduler      live
     49:53.512 renewed                     │ 49:52.269 held by kuberm
     49:55.518 renewed                     │ 49:56.519 held by kuberm
     49:57.522 renewed                     │ 49:59.410 held by kuberm
     49:59.531 renewed                     │ 50:02.115 held by kuberm
     50:01.538 renewed                     │
     50:03.546 renewed                     │
    ───────────────────────────────────────────────────────────────────────────────
     c commands   o other component   l logs   t timeline   ? help   ctrl+c leave
    "
  `);
});

test('without UTF-8 the same screen in ASCII, nothing shifted', async () => {
  const text = await seen({ atMs: stopAtMs + 8300 }, { LANG: 'C' });
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  expect(text).toContain('* leader');
  expect(text).toContain('o standby');
});

test('panels: commands, timeline and steps say what they hold', () => {
  const atMs = 100_000;
  expect(composedText({ atMs, view: { panel: 'commands' } })).toContain(
    'on kuberm  ✓  35 ms  stops the leader',
  );
  expect(composedText({ atMs, view: { panel: 'timeline' }, columns: 100 })).toMatch(
    /acquired +kuberm2 +log line +50:45\.877/,
  );
  expect(composedText({ atMs, view: { panel: 'steps', cursor: 1 } })).toContain(
    'Stop the scheduler on the leader  here',
  );
  expect(composedText({ atMs, view: { panel: 'help' }, rows: 40 })).toMatch(/ctrl\+c +leave/);
});

test('the commands’ panel shows a long answer page by page, to its last line', () => {
  const output = Array.from({ length: 21 }, (_, row) => `row ${row + 1} of the answer`).join('\n');
  const observations = handover().map((o) =>
    o.kind === 'command' && o.phase === 'ran' ? { ...o, output } : o,
  );
  const page = (cursor: number) =>
    composedText({ atMs: 100_000, observations, view: { panel: 'commands', cursor } });
  expect(page(0)).toMatch(/row 1 of .*row 8 of the answer\n *lines 1 to 8 of 21, ↓ for more/s);
  expect(page(1)).toMatch(/row 9 of .*row 16 of the answer\n/s);
  expect(page(2)).toMatch(/row 14 of .*row 21 of the answer\n *lines 14 to 21 of 21\n/s);
});

test('what panels say about themselves is never cut', () => {
  for (const panel of ['help', 'timeline'] as const)
    expect(composedText({ atMs: 15_000, columns: 60, rows: 60, view: { panel } }).slice(400)).not.toContain(
      '…',
    );
});

test('a stranger’s bytes cannot reach the terminal', async () => {
  const evil = '\x1b]52;c;ZXZpbA==\x07\x1b[2J\u202eevil\ttab';
  const log = {
    kind: 'log',
    component: 'kube-scheduler',
    event: null,
    writtenMs: null,
    arrivedMs: 5,
  } as const;
  const run = {
    kind: 'run',
    version: 1,
    tool: 't',
    startedAt: started,
    what: 'watch',
    target: 't',
    command: [],
  } as const;
  const stamp = { atMs: 5, errorMs: 0, host: null };
  const observations = [
    { ...run, ...stamp, seq: 0, masters: [{ name: 'kuberm', address: '' }] },
    { ...log, ...stamp, seq: 1, host: 'kuberm', line: evil },
    { ...stamp, seq: 2, kind: 'problem', code: 'x', message: evil, tryThis: evil },
  ] as const;
  const screens = mounted({ atMs: 9, observations, plan: null, view: { detail: 'raw' } });
  open.push(screens);
  expect(await screens.screen()).toContain('evil tab');
  expect(screens.bytes()).not.toContain('\x1b]52');
  expect(screens.bytes()).not.toContain('\x07');
  expect(screens.bytes()).not.toContain('\u202e');
});

test('whatever the size and the moment, every line fits and the height is kept', () => {
  const panels = [null, 'help', 'commands', 'logs', 'timeline', 'steps'] as const;
  const wish = fc.record({
    atMs: fc.integer({ min: 0, max: 106_000 }),
    columns: fc.integer({ min: 60, max: 220 }),
    rows: fc.integer({ min: 15, max: 70 }),
    lab: fc.boolean(),
    view: fc.record({
      panel: fc.constantFrom(...panels),
      focus: fc.integer({ min: 0, max: 2 }),
      zoomed: fc.boolean(),
      cursor: fc.integer({ min: 0, max: 30 }),
      choosing: fc.constantFrom(null, 2),
      filter: fc.constantFrom('', 'renewed', 'nothing like it'),
      detail: fc.constantFrom('election', 'all', 'raw'),
    }),
  });
  fc.assert(
    fc.property(wish, ({ lab, view, ...rest }) => {
      const subject = subjectAt({ ...rest, view: { ...firstView, ...view }, ...(lab ? {} : { plan: null }) });
      const { layout, top, text, panes, panel, bottom } = compose(subject);
      const body = layout.height - top.length - bottom.length;
      expect(body).toBe(layout.body.height);
      for (const row of [...top, ...bottom, ...(panel ?? [])])
        expect(lineWidth(row)).toBeLessThanOrEqual(layout.width);
      for (const row of text) expect(lineWidth(row)).toBeLessThanOrEqual(layout.text.width);
      expect(text.length).toBeLessThanOrEqual(body);
      for (const [index, pane] of panes.entries()) {
        expect(pane.length).toBeLessThanOrEqual(layout.panes[index]?.height ?? 0);
        for (const row of pane) expect(lineWidth(row)).toBeLessThanOrEqual(layout.panes[index]?.width ?? 0);
      }
    }),
    { numRuns: 150 },
  );
});

test('what runs says what it waits for and since when, by name', () => {
  const key = 'stop stop-leader';
  const view = { asked: { [key]: 1 }, askedAtMs: { [key]: stopAtMs - 4000 } };
  const at = (atMs: number) => composedText({ atMs, view });
  expect(at(stopAtMs - 3000)).toContain('running, 1.0 s: steady state and way back first');
  expect(at(stopAtMs - 1000)).toContain('running, 3.0 s: the way back is armed');
  expect(at(stopAtMs + 3000)).toContain('running, 7.0 s: waiting for another leader');
  expect(at(takenAtMs + 3000)).toContain('putting kuberm back');
  const steps = plan.steps.map((step) => ({
    ...step,
    actions: step.actions.map((action) => ({ ...action, isFault: false })),
  }));
  expect(composedText({ atMs: stopAtMs - 3000, view, plan: { ...plan, steps } })).toContain(
    'running, 1.0 s: waiting for kuberm',
  );
});

test('in a narrow pane who leads stays whole, however much fell out of its memory', () => {
  const subject = subjectAt({ atMs: 15_000, plan: null });
  const book = new LogBook({ capacity: 5 });
  for (let index = 0; index < 200; index += 1) book.add({ atMs: index, text: 'old', event: null });
  const titles = (columns: number) =>
    compose({ ...subject, columns, book: () => book }).panes.map((pane) => textOf(pane[0] ?? []));
  expect(titles(80)[0]).toMatch(/kuberm ★ leader .*live$/);
  expect(titles(140)[0]).toMatch(/kuberm ★ leader .*195 older dropped live$/);
  const other = { ...subject, view: { ...subject.view, component: 'kube-controller-manager' } };
  expect(compose(other).panes.map((pane) => textOf(pane[0] ?? []))[0]).toMatch(
    /kuberm ★ leader {2}ctrl-mgr +live$/,
  );
});
