// The outcome of an unattended lab: one object with every step and check, and the same as JUnit XML.
import { expect, test } from 'vitest';
import { openLab } from '../../src/lab/engine.ts';
import { junitOf } from '../../src/lab/junit.ts';
import { type LabJson, labJson } from '../../src/lab/labjson.ts';
import { runUnattended } from '../../src/lab/unattended.ts';
import type { Observation } from '../../src/model/observation.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { FakeWorld } from './fakeworld.ts';
import { smallLab } from './smalllab.ts';

async function walked(world: FakeWorld, deadlineMs: number, without = ''): Promise<LabJson> {
  const whole = smallLab();
  const lab = { ...whole, steps: whole.steps.filter(({ id }) => id !== without) };
  const engine = openLab({ lab, world });
  const result = await runUnattended(engine, { deadlineMs });
  await engine.close();
  const scene = world.seen.reduce((before, o: Observation) => seeScene(before, o), emptyScene);
  return labJson({ lab, scene, result, recording: null, interrupted: false, predicted: () => null });
}

test('a lab that failed names each check and why, and what it never reached', async () => {
  const world = new FakeWorld();
  world.healthy();
  world.renewals(1);
  // Its fault is issued, and nobody takes over.
  const json = await walked(world, 20);
  expect(json).toMatchObject({
    version: 1,
    lab: 'small',
    target: 'sandbox',
    verdict: 'failed',
    ok: false,
    guesses: [{ step: 'lose', guess: 'long' }],
  });
  expect(json.steps.map(({ step, verdict }) => `${step} ${verdict}`)).toEqual([
    'first passed',
    'reading skipped',
    'lose failed',
    'last not-reached',
  ]);
  expect(json.steps[2]?.checks).toEqual([
    { id: 'timed', title: 'timed', ok: false, optional: false, why: 'no fault yet' },
  ]);
  expect(json.steps[3]?.checks).toMatchObject([{ id: 'last-ssh', ok: null }]);

  const xml = junitOf(json);
  expect(xml).toContain('<testsuites name="small" tests="5" failures="1"');
  expect(xml).toContain('<testsuite name="small.lose" tests="1" failures="1" skipped="0"');
  expect(xml).toContain('<failure message="no fault yet"/>');
  expect(xml).toContain('<testsuite name="small.reading" tests="1" failures="0" skipped="1"');
});

test('a lab that passed carries its rounds', async () => {
  const world = new FakeWorld();
  world.healthy();
  world.renewals(1);
  world.onFault = async () => {
    world.handover();
    world.putBack();
  };
  const json = await walked(world, 10_000, 'reading');
  expect(json).toMatchObject({ verdict: 'passed', ok: true });
  expect(json.steps.at(-1)).toMatchObject({ step: 'last', verdict: 'passed' });
  expect(json.rounds).toMatchObject([
    { round: 1, component: 'kube-scheduler', fault: 'stop', from: 'kuberm', to: 'kuberm2' },
  ]);
});

test('what hosts say cannot break the XML', () => {
  const check = { id: 'a', title: 'a < b & "c"', optional: false, ok: false, why: 'line\none\u0007 <x>' };
  const step = { step: 's', title: 'S', verdict: 'failed' as const, missing: [], tookMs: 1500, guess: null };
  const xml = junitOf({ lab: 'l', steps: [{ ...step, checks: [check] }] });
  expect(xml).toContain('name="a: a &lt; b &amp; &quot;c&quot;"');
  expect(xml).toContain('message="line&#10;one\ufffd &lt;x&gt;"');
  expect(xml).toContain('time="1.500"');
});
