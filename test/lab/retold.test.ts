// A recorded lab told again: the object its run printed, whatever came of it; and what is told where the lab is no longer there.
import { describe, expect, test } from 'vitest';
import { openLab } from '../../src/lab/engine.ts';
import type { Lab } from '../../src/lab/format.ts';
import { type LabJson, labJson } from '../../src/lab/labjson.ts';
import { LabRetold } from '../../src/lab/retold.ts';
import { runUnattended } from '../../src/lab/unattended.ts';
import type { Observation } from '../../src/model/observation.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { FakeWorld } from './fakeworld.ts';
import { smallLab } from './smalllab.ts';

const whole = smallLab();
const command = ['kha-lab', 'lab', '--auto'];
const told = { predicted: () => null, expected: () => null, recording: 'run.ndjson' };

/** What the run printed, and its recording. `without`: a step that only looks is waited for in vain. */
async function walked(
  world: FakeWorld,
  { deadlineMs, without = '' }: { deadlineMs: number; without?: string },
) {
  const lab = { ...whole, steps: whole.steps.filter(({ id }) => id !== without) };
  const engine = openLab({ lab, world });
  const result = await runUnattended(engine, { deadlineMs });
  await engine.close();
  const scene = world.seen.reduce(seeScene, emptyScene);
  const run = { lab, scene, result, recording: 'run.ndjson', interrupted: false };
  world.say({ kind: 'end', exit: result.ok ? 0 : 1 });
  const tape = world.seen.map((o): Observation => (o.kind === 'run' ? { ...o, command } : o));
  return { lab, printed: labJson({ ...run, predicted: () => null }), tape };
}

function retold(tape: readonly Observation[], of: Lab | null): LabJson {
  const fold = new LabRetold({ ...told, lab: of });
  for (const observation of tape) fold.see(observation);
  return labJson({ ...fold.run(), predicted: () => null });
}

/** How long steps took is read off the recording, whose clock is another's. */
const timeless = ({ steps, ...rest }: LabJson) => ({
  ...rest,
  steps: steps.map(({ tookMs, ...step }) => ({ ...step, timed: tookMs >= 0 })),
});

function healthyWorld(): FakeWorld {
  const world = new FakeWorld();
  world.healthy();
  world.renewals(1);
  return world;
}

function passingWorld(): FakeWorld {
  const world = healthyWorld();
  world.onFault = async () => {
    world.handover();
    world.putBack();
  };
  return world;
}

describe('a recorded lab', () => {
  test('that failed is told as its run told it', async () => {
    const { lab, printed, tape } = await walked(healthyWorld(), { deadlineMs: 20 });
    expect(printed.steps.map(({ verdict }) => verdict)).toEqual([
      'passed',
      'skipped',
      'failed',
      'not-reached',
    ]);
    expect(timeless(retold(tape, lab))).toEqual(timeless(printed));
  });

  test('that passed is told with its guesses and its rounds', async () => {
    const { lab, printed, tape } = await walked(passingWorld(), { deadlineMs: 10_000, without: 'reading' });
    expect(printed).toMatchObject({ ok: true, guesses: [{ step: 'lose' }], rounds: [{ round: 1 }] });
    expect(timeless(retold(tape, lab))).toEqual(timeless(printed));
  });

  test('without its end was interrupted, and so was one that a person left', async () => {
    const { lab, tape } = await walked(healthyWorld(), { deadlineMs: 20 });
    expect(retold(tape.slice(0, -1), lab)).toMatchObject({ verdict: 'interrupted', ok: false });
    const guided = tape.map((o): Observation => (o.kind === 'run' ? { ...o, command: ['kha-lab'] } : o));
    expect(retold(guided, lab)).toMatchObject({ verdict: 'interrupted', ok: false });
  });

  test('keeps what was judged then, where the lab of today judges otherwise', async () => {
    const { lab, printed, tape } = await walked(passingWorld(), { deadlineMs: 10_000, without: 'reading' });
    const [first] = printed.steps[0]?.checks ?? [];
    const otherwise = tape.map((o): Observation => {
      const isIt = o.kind === 'check' && o.id === first?.id;
      return isIt ? { ...o, ok: false, detail: 'not so' } : o;
    });
    expect(retold(otherwise, lab).steps[0]?.checks[0]).toMatchObject({
      id: first?.id,
      ok: false,
      why: 'not so',
    });
  });

  test('that is not there any more is told by its steps and the checks that were recorded', async () => {
    const { printed, tape } = await walked(passingWorld(), { deadlineMs: 10_000, without: 'reading' });
    const bare = retold(tape, null);
    expect(bare).toMatchObject({ lab: 'ha-masters', verdict: 'passed', rounds: printed.rounds });
    expect(bare.steps.map(({ step }) => step)).toEqual(printed.steps.map(({ step }) => step));
    expect(bare.steps.find(({ step }) => step === 'lose')).toMatchObject({
      title: 'lose',
      checks: [{ id: 'timed', ok: true }],
    });
  });
});
