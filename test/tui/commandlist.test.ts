// The commands panel: what ran, what is about to, and nothing that will never be typed.
import { expect, it } from 'vitest';
import type { LabStep } from '../../src/model/labplan.ts';
import type { CommandRun, Stamp } from '../../src/model/observation.ts';
import { emptyScene, type Scene } from '../../src/model/scene.ts';
import { commandsListed } from '../../src/tui/commandlist.ts';

const host = 'kuberm';
const arming = { host, text: 'systemd-run --description=kha-lab: stop' };
const stopping = { host, text: 'systemctl stop kube-scheduler.service' };
const step = (isFault: boolean): LabStep => ({
  id: 'stop',
  title: 'Stop it',
  text: '',
  guess: null,
  actions: [{ id: 'stop-it', title: 'Stop it', commands: [arming, stopping], note: null, isFault }],
  checks: [],
  hints: [],
  logs: null,
});

function ran(...texts: readonly string[]): Scene {
  const commands = texts.map((text, seq): Stamp & CommandRun => ({
    seq,
    atMs: seq,
    errorMs: 0,
    host,
    kind: 'command',
    text,
    why: 'the fault',
    phase: 'ran',
    code: 0,
    tookMs: 1,
  }));
  return { ...emptyScene, commands };
}

const listed = (scene: Scene, of: LabStep) =>
  commandsListed(scene, of).map(({ text, phase }) => [phase, text]);

it('shows what a step is about to run', () => {
  expect(listed(ran(), step(true))).toEqual([
    ['shown', arming.text],
    ['shown', stopping.text],
  ]);
});

it('once a fault is on, shows what was typed, with its own description, and no plan beside it', () => {
  const armed = 'systemd-run --description=kha-lab 12 since noon: stop';
  expect(listed(ran(armed, stopping.text), step(true))).toEqual([
    ['ran', armed],
    ['ran', stopping.text],
  ]);
});

it('of an action that only looks, still shows what has not run', () => {
  expect(listed(ran(stopping.text), step(false))).toEqual([
    ['ran', stopping.text],
    ['shown', arming.text],
  ]);
});
