// Texts: names filled in from what was measured, log lines without their headers, dry runs.
import { expect, test } from 'vitest';
import { describePlan } from '../../src/lab/describe.ts';
import { openLab } from '../../src/lab/engine.ts';
import { seconds, setting, small } from '../../src/lab/numbers.ts';
import { emptiedAfter, roundsOf } from '../../src/lab/phases.ts';
import { messageOf } from '../../src/lab/said.ts';
import { fill } from '../../src/lab/template.ts';
import { english } from '../../src/lab/words/english.ts';
import { FakeWorld } from './fakeworld.ts';
import { smallLab } from './smalllab.ts';

test('unknown names become an ellipsis and are told', () => {
  const filled = fill('{{a}} and {{ b.c }}', (name) => (name === 'a' ? '1' : null));
  expect(filled).toEqual({ text: '1 and …', missing: ['b.c'] });
});

test.each([
  [
    'I0607 11:00:53.684914   18257 leaderelection.go:204] succesfully renewed lease kube-system/kube-scheduler',
    'succesfully renewed lease kube-system/kube-scheduler',
  ],
  [
    'I1122 20:04:24.637946    2278 leaderelection.go:272] "Successfully acquired lease" lock="kube-system/kube-scheduler"',
    '"Successfully acquired lease" lock="kube-system/kube-sc…',
  ],
  ['607 11:03:56.630699   17442 nodecontroller.go:1044] node kubermnode2', 'node kubermnode2'],
  ['a line of its own', 'a line of its own'],
])('%s is said as %s', (line, said) => {
  expect(messageOf(line)).toBe(said);
});

test('numbers', () => {
  expect([
    seconds(16_334.6),
    setting(15_000),
    setting(2_500),
    small(0.42),
    small(200),
    small(-1_234),
  ]).toEqual(['16.3 s', '15 s', '2.5 s', '0.4 ms', '200 ms', '-1.2 s']);
});

test('a dry run prints every command and touches nothing', () => {
  const world = new FakeWorld();
  world.healthy();
  const engine = openLab({ lab: smallLab(), world });
  const lines = describePlan(engine.plan(), english);
  expect(lines).toContain('     on kuberm: sudo -n date');
  expect(lines).toContain('     on kuberm2: uptime');
  expect(lines).toContain('     on kuberm: systemctl stop kube-scheduler');
  expect(lines).toContain('   Stop (a fault)');
  expect(world.ran).toEqual([]);
});

test('rounds that were timed as a list, and when a zombie emptied the record of its successor', () => {
  const world = new FakeWorld();
  world.healthy();
  world.handover();
  const [round] = world.rounds();
  if (!round) throw new Error('no round');
  expect(roundsOf([round, { ...round, handover: null }], english)).toBe(
    '- **stop** on kuberm: kuberm2 after 16.3 s',
  );
  expect(roundsOf([round, { ...round, component: 'kube-controller-manager', fault: 'kill' }], english)).toBe(
    [
      '- **stop** on kuberm, kube-scheduler: kuberm2 after 16.3 s',
      '- **kill** on kuberm, kube-controller-manager: kuberm2 after 16.3 s',
    ].join('\n'),
  );
  expect(roundsOf([], english)).toBeNull();
  expect(emptiedAfter(round)).toBeNull();
  const emptied = { atMs: 27_400, errorMs: 1, successor: 'kuberm2', retakenMs: null, retakenBy: null };
  expect(emptiedAfter({ ...round, emptied })).toBe('17.4 s');
});
