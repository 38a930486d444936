// What no person means to do, and a cat on the keyboard does: the screen stays whole, and everything is given back.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/model/random.ts';
import { type Home, makeHome } from './drivers/home.ts';
import { changedInventory } from './drivers/inventory.ts';
import { until } from './drivers/poll.ts';
import { quickTerms, sandboxProcesses, sandboxUp } from './drivers/sandbox.ts';
import { Terminal } from './drivers/terminal.ts';

const seed = Number(process.env.KHA_SEED ?? 1);
/** All but those that leave: ctrl+c, q, ctrl+z. */
const presses = [
  ...'abcdefghijklmnoprstuvwxyzGABXYZ0123456789/?+-_= .,;:"\'<>|~`@#$%&*()[]{}äß漢字🙂',
  ...['\r', '\t', '\x1b', '\x7f', '\x01', '\x02', '\x06', '\x0c', '\x0e', '\x15', '\x17', '\x00'],
  ...['\x1b[A', '\x1b[B', '\x1b[C', '\x1b[D', '\x1b[5~', '\x1b[6~', '\x1b[H', '\x1b[F', '\x1b[Z', '\x1bOP'],
];
const sizes = [
  [80, 24],
  [60, 15],
  [200, 60],
  [40, 8],
  [120, 40],
  [59, 14],
] as const;

/** One header at the top, the keys at the bottom, nothing of an older frame between. */
async function expectWhole(terminal: Terminal): Promise<void> {
  terminal.resize(80, 24);
  // Whatever is open is closed: a panel, a filter being typed, a guess.
  for (let count = 0; count < 4; count += 1) {
    terminal.press('esc');
    await terminal.screen();
  }
  const screen = await terminal.sees(/^ kha-lab .*[\s\S]*ctrl\+c leave/);
  const rows = screen.split('\n');
  expect(rows.length).toBeLessThanOrEqual(24);
  expect(
    rows.filter((row) => row.startsWith(' kha-lab ')),
    screen,
  ).toHaveLength(1);
  expect(screen).toMatch(/^ kuberm .*\n kuberm2 /m);
}

async function expectAllBack(terminal: Terminal, home: Home): Promise<void> {
  terminal.press('ctrl+c');
  await terminal.sees(/exit (0|130)\s*\n/, 120_000);
  await terminal.isGivenBack();
  expect(home.pending()).toEqual([]);
  await until('no process of the sandbox is left', () => sandboxProcesses(home).length === 0);
}

it(`10,000 keys (seed ${seed}), a storm of sizes and a paste of 1 MB`, { timeout: 400_000 }, async () => {
  const home = makeHome();
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const terminal = await Terminal.run(home, { args: ['lab'] });
  const anySize = () => {
    const [columns, rows] = pick(sizes);
    terminal.resize(columns, rows);
  };
  await terminal.sees('every master answers');
  for (let sent = 0; sent < 10_000; sent += 50) {
    await terminal.pours(Array.from({ length: 50 }, () => pick(presses)).join(''));
    if (random() < 0.3) anySize();
    await terminal.screen();
  }
  for (let count = 0; count < 100; count += 1) anySize();
  await expectWhole(terminal);
  await terminal.pours(`/\x1b[200~${'paste of a megabyte\x1b]0;title\x07 \r\n'.repeat(32_000)}\x1b[201~`);
  await expectWhole(terminal);
  await expectAllBack(terminal, home);
});

it('logs of escape sequences, wide characters and bytes that are no UTF-8', {
  timeout: 200_000,
}, async () => {
  const home = makeHome();
  const sandbox = await sandboxUp(home, ['--lock', 'leases', ...quickTerms]);
  const log = join(home.work, 'scheduler.log');
  writeFileSync(log, '');
  const inventory = changedInventory(home, sandbox, (written) => {
    written.components = { 'kube-scheduler': { logs: log } };
  });
  const terminal = await Terminal.run(home, { args: ['watch', '--inventory', inventory] });
  await terminal.sees('kuberm2');
  const random = seededRandom(seed);
  const nasty = [
    '\x1b[2J\x1b[H',
    '\x1b]0;owned\x07',
    '\x1b[?1049l',
    '\x9b31m',
    '\r',
    '\b\b',
    '\t',
    '漢字🙂👩‍👩‍👧',
    '\u202e',
    '\u0301',
  ];
  for (let line = 0; line < 2_000; line += 1) {
    const text = Array.from({ length: 12 }, () => nasty[Math.floor(random() * nasty.length)]).join(`${line}`);
    appendFileSync(
      log,
      Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xc3, 0x28, 0x80]), Buffer.from('\n')]),
    );
  }
  appendFileSync(log, 'I1125 10:00:00.000000       1 here.go:1] here it ends\n');
  await terminal.press('l').sees(/scheduler +live/);
  await terminal.press('v').sees('here it ends');
  await expectWhole(terminal);
  expect(terminal.isAlternate()).toBe(true);
  expect(terminal.bytes()).not.toContain('\x1b]0;owned');
  await expectAllBackWatching(terminal, home);
});

async function expectAllBackWatching(terminal: Terminal, home: Home): Promise<void> {
  terminal.press('ctrl+c');
  await terminal.ends(0);
  await terminal.isGivenBack();
  expect(home.pending()).toEqual([]);
}
