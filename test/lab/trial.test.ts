// A lab tried as its writer should: what was seen to fail and to pass, and what is said against it.
import { expect, test } from 'vitest';
import { openLab } from '../../src/lab/engine.ts';
import { type Lab, type StepFile, stepFile } from '../../src/lab/format.ts';
import { bothTrials, complaintsOf, type Trial, tryLab } from '../../src/lab/trial.ts';
import { FakeWorld } from './fakeworld.ts';

const component = 'kube-scheduler';
const runs = { id: 'runs', title: 'runs', is: 'unit-active', component };
const breaks = {
  fails: ['runs'],
  on: 'standby',
  run: ['systemctl', 'stop', component],
  back: ['systemctl', 'start', component],
};

function labOf(...steps: Record<string, unknown>[]): Lab {
  const file = { name: 'tried', folder: '/nowhere', title: 'T', summary: 'S', language: 'en' };
  const read = (step: Record<string, unknown>): StepFile => stepFile.parse({ title: 'A step', ...step });
  return { ...file, steps: steps.map((step) => ({ ...read(step), text: 'Text.' })) };
}

/** `systemctl` there starts and stops what it is told to. */
function world(): FakeWorld {
  const made = new FakeWorld();
  made.healthy();
  made.onRun = (master, [tool = '', verb = '', of = '']) => {
    if (tool === 'systemctl') made.instance(master, of, verb === 'start' ? 'active' : 'inactive');
  };
  return made;
}

async function tried(lab: Lab, on = world()): Promise<Trial> {
  const engine = openLab({ lab, world: on });
  const trial = await tryLab(engine, { breaks: true, deadlineMs: 200 });
  await engine.close();
  return trial;
}

test('an action before which the check fails, and a break under which it does: proven', async () => {
  const asks = {
    id: 'asks',
    actions: [{ id: 'ask', title: 'Ask', run: { argv: ['date'] } }],
    checks: [{ id: 'asked', title: 'asked', sort: 'edge', is: 'command-ran', action: 'ask' }],
  };
  const on = world();
  const trial = await tried(labOf({ id: 'looks', checks: [runs], breaks: [breaks] }, asks), on);
  expect(complaintsOf(trial)).toEqual([]);
  expect(trial.checks).toMatchObject([
    { step: 'looks', id: 'runs', seenToFail: 'broken', seenToPass: true },
    { step: 'asks', id: 'asked', seenToFail: 'before', seenToPass: true },
  ]);
  expect(on.ran).toEqual([
    `kuberm2: systemctl stop ${component}`,
    `kuberm2: systemctl start ${component}`,
    'kuberm: date',
  ]);
});

test('a solve of its own is typed instead of the actions, a script as a whole', async () => {
  const step = {
    id: 'by-hand',
    checks: [runs],
    actions: [{ id: 'never', title: 'Never', run: { argv: ['reboot'] } }],
    solve: [{ run: 'start.sh', on: 'each' }],
  };
  const lab = labOf(step);
  const on = world();
  on.instance('kuberm', component, 'inactive');
  on.onRun = (master) => on.instance(master, component);
  const scripts = { 'start.sh': 'systemctl start kube-scheduler\n' };
  const trial = await tried({ ...lab, steps: lab.steps.map((one) => ({ ...one, scripts })) }, on);
  expect(complaintsOf(trial)).toEqual([]);
  expect(on.ran).toEqual([
    'kuberm: sh -c systemctl start kube-scheduler\n start.sh',
    'kuberm2: sh -c systemctl start kube-scheduler\n start.sh',
  ]);
});

test('a step that looks back is judged before what it looks back on', async () => {
  const loses = {
    id: 'loses',
    actions: [{ id: 'stop', title: 'Stop', fault: { component, kind: 'stop' } }],
    checks: [{ id: 'timed', title: 'timed', sort: 'edge', is: 'handover-timed', component }],
  };
  const back = {
    id: 'back',
    needs: 'loses',
    checks: [{ id: 'put-back', title: 'b', is: 'restored', component }],
  };
  const on = world();
  on.onFault = async () => {
    on.handover();
    on.putBack();
  };
  const trial = await tried(labOf(loses, back), on);
  expect(complaintsOf(trial)).toEqual([]);
  expect(trial.checks).toMatchObject([{ seenToFail: 'before' }, { seenToFail: 'before' }]);
});

test('what holds from the start and has no break is said to be unproven', async () => {
  expect(complaintsOf(await tried(labOf({ id: 'looks', checks: [runs] })))).toEqual([
    { step: 'looks', what: expect.stringContaining('check runs was never seen to fail') },
  ]);
});

test.each([
  ['breaks nothing', { ...breaks, run: ['true'] }, 'runs did not fail under it'],
  ['is not put back', { ...breaks, back: ['true'] }, 'runs did not pass again'],
])('a break that %s is told', async (_, wrong, what) => {
  const trial = await tried(labOf({ id: 'looks', checks: [runs], breaks: [wrong] }));
  expect(trial.faults).toEqual([{ step: 'looks', what: expect.stringContaining(what) }]);
});

test('a break that cannot be typed is told with what it said', async () => {
  const on = world();
  on.outputs = { systemctl: { code: 1, output: 'no such unit' } };
  const trial = await tried(labOf({ id: 'looks', checks: [runs], breaks: [breaks] }), on);
  expect(trial.faults[0]?.what).toContain('ended with 1 on kuberm2: no such unit');
});

test('a solve that does not solve ends the walk there', async () => {
  const on = new FakeWorld();
  const trial = await tried(
    labOf({ id: 'looks', checks: [runs] }, { id: 'after', checks: [{ ...runs, id: 'too' }] }),
    on,
  );
  expect(complaintsOf(trial)).toEqual([
    { step: 'looks', what: 'its solve does not solve it, missing: runs' },
    { step: 'after', what: 'check too was never seen to pass' },
    { step: 'after', what: expect.stringContaining('check too was never seen to fail') },
  ]);
});

test('of two walks the better sight of each check counts', () => {
  const check = { step: 's', id: 'c', title: 'c', seenToPass: true } as const;
  const fault = { step: 's', what: 'x' };
  const both = bothTrials(
    { checks: [{ ...check, seenToFail: null }], faults: [fault] },
    { checks: [{ ...check, seenToFail: 'broken' }], faults: [fault] },
  );
  expect(both).toEqual({ checks: [{ ...check, seenToFail: 'broken' }], faults: [fault] });
});
