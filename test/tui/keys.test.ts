// Keys: what arrives from a terminal, what it means here and now, and that every key shown is a key that works.
import { expect, test } from 'vitest';
import { compose } from '../../src/tui/compose.ts';
import { keyPresses, nothingRead } from '../../src/tui/input.ts';
import { commandFor, keyTable, labelOf } from '../../src/tui/keys.ts';
import { textOf } from '../../src/tui/line.ts';
import { situationOf } from '../../src/tui/situation.ts';
import { pressed, type Standing } from '../../src/tui/update.ts';
import type { View } from '../../src/tui/view.ts';
import { mounted } from './mounted.ts';
import { handover, plan, stopAtMs } from './stream.ts';
import { composedText, type SubjectWish, subjectAt } from './subject.ts';

function standing(wish: SubjectWish): Standing {
  const subject = subjectAt(wish);
  return { ...subject, playback: false, heights: () => compose(subject).heights };
}

/** The view after these keys, and what they asked for. */
function after(wish: SubjectWish, ...names: readonly string[]) {
  let now = standing(wish);
  const effects = [];
  for (const name of names) {
    const outcome = pressed(now, { sort: 'key', name });
    now = standing({ ...wish, view: outcome.view });
    effects.push(...outcome.effects);
  }
  return { view: now.view, effects };
}

test('Ink’s events become key names: repeats, Esc pairs, split tails, pastes', async () => {
  const screens = mounted({ atMs: 15_000 });
  const typed = [
    'jjj',
    '\x7f\x7f',
    '\x1bj',
    '[A',
    '\x1b[A',
    '\x1b[5~',
    '\x1a',
    'g\r',
    '\x1b[200~rm -rf\nq\x1b[201~',
  ];
  for (const text of typed) screens.keyboard.type(text);
  screens.unmount();
  const got = screens.presses.map((press) =>
    press.sort === 'key' ? press.name : `${press.sort} ${'text' in press ? press.text : ''}`,
  );
  expect(got).toEqual([
    ...['j', 'j', 'j', 'backspace', 'backspace', 'escape', 'j', 'up', 'pageup', 'ctrl+z', 'g', 'enter'],
    'paste rm -rf\nq',
  ]);
});

test('a long text in one read is a paste, even where pastes are not marked, and is never obeyed', () => {
  const key = {} as Parameters<typeof keyPresses>[1];
  const pasted = keyPresses('kubectl get nodes\nq\n', key, { ...nothingRead });
  expect(pasted).toEqual([{ sort: 'paste', text: 'kubectl get nodes\nq\n' }]);
  for (const press of pasted) expect(pressed(standing({ atMs: 15_000 }), press).effects).toEqual([]);
});

test('a fault wants a guess first, then enter runs it', () => {
  const first = after({ atMs: 15_000 }, 'enter');
  expect(first.view.choosing).toBe(0);
  expect(first.effects).toEqual([]);
  const guessed = after({ atMs: 15_000 }, 'enter', 'right', 'enter');
  expect(guessed.effects).toEqual([{ sort: 'intend', intent: { want: 'guess', choice: 'about 10 s' } }]);
  expect(after({ atMs: 15_000 }, 'g', '4').effects).toEqual([
    { sort: 'intend', intent: { want: 'guess', choice: '13 to 24 s' } },
  ]);
  const run = after({ atMs: 25_000 }, 'enter', 'enter');
  expect(run.effects).toEqual([{ sort: 'intend', intent: { want: 'act', action: 'stop-leader' } }]);
});

test('what was run and checked leads on with enter', () => {
  const asked = { 'stop stop-leader': 1 };
  expect(after({ atMs: 100_000, view: { asked } }, 'enter').effects).toEqual([
    { sort: 'intend', intent: { want: 'next' } },
  ]);
});

test('a step entered again does not wait for what was asked for on the visit before', () => {
  const asked = { 'stop stop-leader': 1 };
  const seen = handover();
  const entered = { kind: 'step', step: 'stop', phase: 'entered' } as const;
  const observations = [
    ...seen.filter(({ atMs }) => atMs < 102_000),
    { ...entered, seq: seen.length, atMs: 102_000, errorMs: 0, host: null },
  ];
  const screen = composedText({ atMs: 103_000, observations, view: { asked } });
  expect(screen).toContain('enter run it');
  expect(screen).not.toContain('running …');
});

test('a hint is brought into sight, and the text scrolls on from there', () => {
  const { hints } = plan.steps[1] ?? { hints: [] };
  const wish = { atMs: 15_000, columns: 70, rows: 20 };
  const { view } = after(wish, 'h', 'h');
  const last = String(hints[1] ?? hints[0]).slice(0, 20);
  expect(composedText({ ...wish, view })).toContain(last);
  const up = after({ ...wish, view }, 'up', 'up', 'up').view;
  expect(composedText({ ...wish, view: up })).not.toBe(composedText({ ...wish, view }));
});

test('what a step’s commands let see comes into sight, and the text scrolls up from there', () => {
  const words = Array.from({ length: 20 }, (_, at) => `Line ${at + 1}.`).join('\n\n');
  const steps = plan.steps.map((step) => ({
    ...step,
    text: words,
    actions: step.actions.map((action) => ({ ...action, isFault: false })),
  }));
  const wish = { atMs: 15_000, plan: { ...plan, steps } };
  expect(composedText(wish)).toContain('Line 1.');
  const explanation = 'It ends like this.';
  // What can be told before anything was run is no reason to hide where the text begins.
  expect(composedText({ ...wish, explanation })).toContain('Line 1.');
  const seen = { ...wish, atMs: 100_000, rows: 40, explanation };
  expect(composedText(seen)).toContain('Seen here: It ends like this.');
  const { view } = after(seen, 'up', 'up', 'up', 'up');
  expect(composedText({ ...seen, view })).not.toContain('It ends like this.');
  expect(composedText({ ...seen, view })).toContain('Line 18.');
});

test('a text that is all in sight is not scrolled, and running a command lets go of where it was scrolled to', () => {
  const roomy = { atMs: 25_000, columns: 120, rows: 40 };
  expect(after(roomy, 'pagedown', 'end').view.textTop).toEqual({});
  const low = { atMs: 25_000, columns: 60, rows: 15 };
  const scrolled = after(low, 'end').view;
  expect(scrolled.textTop.stop).toBeGreaterThan(0);
  expect(after({ ...low, view: scrolled }, 'enter').view.textTop).toEqual({});
});

test('who made a fault goes on once its checks have passed; who goes to another step scrolls its text', () => {
  const wish = { atMs: stopAtMs + 8300, view: { asked: { 'stop stop-leader': 1 } } };
  expect(after(wish, 'n').effects).toEqual([]);
  expect(after({ ...wish, atMs: 100_000 }, 'n').effects).toEqual([
    { sort: 'intend', intent: { want: 'next' } },
  ]);
  expect(after({ atMs: 15_000, view: { focus: 2 } }, 'n').view.focus).toBe(0);
});

test('on the last step, once it is done, enter ends the lab; before that it does nothing', () => {
  const only = { ...plan, steps: plan.steps.filter(({ id }) => id === 'stop') };
  const done = { atMs: 104_000, plan: only, view: { asked: { 'stop stop-leader': 1 } } };
  expect(composedText(done)).toContain('enter end the lab');
  expect(after(done, 'enter').effects).toEqual([{ sort: 'leave', how: 'quit' }]);
  expect(after({ ...done, atMs: stopAtMs + 8300 }, 'enter').effects).toEqual([]);
});

test('an action whose commands are not known says so, and is not offered', () => {
  const steps = plan.steps.map((step) => ({
    ...step,
    guess: null,
    actions: step.actions.map((action) => ({ ...action, commands: [] })),
  }));
  const text = composedText({ atMs: 15_000, plan: { ...plan, steps } });
  expect(text).toContain('What it runs is known once somebody leads');
  expect(text).not.toContain('comes back');
  expect(text).not.toContain('enter run it');
});

test('a page of text passes over no line, however few are shown', () => {
  const words = Array.from({ length: 20 }, (_, at) => `- Line ${at + 1}.`).join('\n');
  const steps = plan.steps.map((step) => ({ ...step, text: words }));
  const wish = { atMs: 15_000, plan: { ...plan, steps } };
  const seen = new Set<string>();
  let view: Partial<View> = {};
  for (let page = 0; page < 20; page += 1) {
    for (const [line] of composedText({ ...wish, view }).matchAll(/Line \d+\./g)) seen.add(line);
    view = after({ ...wish, view }, 'pagedown').view;
  }
  expect(seen.size).toBe(20);
});

test('panels open, move their cursor, close with the same key, Esc or q; q leaves from outside', () => {
  const atMs = 100_000;
  expect(after({ atMs }, 'c').view.panel).toBe('commands');
  expect(after({ atMs }, 'c', 'c').view.panel).toBeNull();
  expect(after({ atMs }, 'c', 'escape').view.panel).toBeNull();
  expect(after({ atMs }, 'c', 'q')).toMatchObject({ view: { panel: null }, effects: [] });
  expect(after({ atMs }, 'q').effects).toEqual([{ sort: 'leave', how: 'quit' }]);
  expect(after({ atMs }, 's', 'down', 'down', 'down', 'enter').effects).toEqual([
    { sort: 'intend', intent: { want: 'goto', step: 'result' } },
  ]);
  expect(after({ atMs }, 'c', 'y').effects).toEqual([
    { sort: 'copy', text: 'sudo -n systemctl stop kube-scheduler' },
  ]);
});

test('the filter takes every key until enter; Esc shows all again', () => {
  const { view } = after({ atMs: 25_000 }, '/', 'q', 'u', 'backspace', 'space', 'enter');
  expect(view).toMatchObject({ typing: null, filter: 'q ' });
  expect(after({ atMs: 25_000, view }, 'escape').view.filter).toBe('');
});

test('the filter finds what stands on the screen as well as what the line says', () => {
  const wish = { atMs: 25_000, plan: null, rows: 15 };
  // Their lines say neither: `renewed` and `held` with a path.
  expect(composedText({ ...wish, view: { filter: 'not yet exp' } })).toMatch(/held by kuberm/);
  expect(composedText({ ...wish, view: { filter: 'not yet exp' } })).not.toMatch(/ renewed$/m);
  expect(composedText({ ...wish, view: { filter: 'leaderelection.go' } })).toMatch(/ renewed/);
});

test('what is not on the screen cannot be run: below the least size only leaving works', () => {
  const small = { atMs: 25_000, columns: 59, rows: 24 };
  for (const name of ['enter', 'n', 'g', 'c']) expect(after(small, name).effects).toEqual([]);
  expect(after(small, 'c').view.panel).toBeNull();
  expect(after(small, 'ctrl+c').effects).toEqual([{ sort: 'leave', how: 'interrupt' }]);
  expect(after({ ...small, columns: 60 }, 'enter').effects).not.toEqual([]);
});

test('scrolling up holds a log still while lines go on arriving; f follows again', () => {
  const wish = { atMs: 39_000, view: { focus: 1 } };
  const up = after(wish, 'up', 'up').view;
  const held = up.held['kuberm kube-scheduler'];
  const end = after(wish, 'p').view.held['kuberm kube-scheduler'];
  expect(held?.bottom).toBeLessThan(end?.bottom ?? 0);
  const book = standing(wish).book('kuberm kube-scheduler');
  book.add({ atMs: 39_001, text: 'later', event: null });
  expect(held?.book.at(book.total - 1)).toBeUndefined();
  expect(after({ ...wish, view: { ...up } }, 'f').view.held).toEqual({});
  const top = after(wish, 'home', 'up').view.held['kuberm kube-scheduler'];
  expect(top).toEqual(after(wish, 'home').view.held['kuberm kube-scheduler']);
});

test('no two keys that work at the same time are the same', () => {
  const views: Partial<View>[] = [
    {},
    { panel: 'commands' },
    { panel: 'steps' },
    { panel: 'logs' },
    { choosing: 1 },
  ];
  for (const atMs of [15_000, 25_000, stopAtMs + 5000, 100_000])
    for (const view of views) {
      const looked = subjectAt({ atMs, view });
      for (const playback of [false, true]) {
        const situation = situationOf({ ...looked, playback });
        const keys = keyTable
          .filter(({ works, footer }) => footer !== null && works(situation))
          .flatMap(({ keys }) => keys);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
});

test('the keys of a replay are shown in a replay only', () => {
  const looked = subjectAt({ atMs: 25_000 });
  const commands = (playback: boolean) => {
    const situation = situationOf({ ...looked, playback });
    return keyTable.filter(({ works }) => works(situation)).map(({ command }) => command);
  };
  const moves = ['play', 'slower', 'faster', 'nextMark', 'previousMark', 'nextHandover', 'previousHandover'];
  expect(commands(true)).toEqual(expect.arrayContaining(moves));
  expect(commands(false).filter((command) => moves.includes(command))).toEqual([]);
});

test('every key in the footer works, and does what it says', () => {
  for (const atMs of [15_000, 25_000, stopAtMs + 5000, 100_000]) {
    const subject = subjectAt({ atMs, columns: 200 });
    const situation = situationOf({ ...subject, playback: false });
    const footer = textOf(compose(subject).bottom.at(-1) ?? []);
    const shown = keyTable.filter(
      (key) => footer.includes(`${key.shown} ${labelOf(key, situation)}`) && key.footer !== null,
    );
    expect(shown.length).toBeGreaterThan(5);
    for (const { command, keys } of shown) expect(commandFor(keys[0] ?? '', situation)).toBe(command);
  }
});

test('a problem goes with the next press that does something, and stays with one that only looks', () => {
  const problem = {
    kind: 'problem',
    code: 'x',
    message: 'It is not time for that.',
    tryThis: 'Wait.',
  } as const;
  const stamp = { seq: 9_999, atMs: 14_000, errorMs: 0, host: null };
  const wish = {
    atMs: 15_000,
    observations: [...handover().filter(({ atMs }) => atMs <= 14_000), { ...stamp, ...problem }],
  };
  expect(composedText({ ...wish, view: after(wish, 'down').view })).toContain(problem.message);
  expect(composedText({ ...wish, view: after(wish, 'n').view })).not.toContain(problem.message);
});

test('nothing is offered to be copied where no command is listed', () => {
  const wish = { atMs: 15_000, plan: null, observations: [], view: { panel: 'commands' as const } };
  const situation = situationOf(standing(wish));
  expect(commandFor('y', situation)).toBe(null);
  expect(commandFor('a', situation)).toBe(null);
  expect(commandFor('enter', situation)).toBe(null);
});

test('without a step, zoom is of a log and not of a text that is not there', () => {
  expect(composedText({ atMs: 15_000, plan: null, view: { zoomed: true } })).toContain('renewed');
});

test('{ and } go from one line that matters to the next, and the pane stands still there', () => {
  const wish = { atMs: 60_000, view: { panel: 'logs', focus: 2, detail: 'all' } } as const;
  const bottomLine = (view: View) => {
    const held = Object.values(view.held)[0];
    return held ? held.book.at(held.bottom)?.event : null;
  };
  const { view: before } = after(wish, '{');
  const event = bottomLine(before);
  expect(event).toMatchObject({ is: expect.not.stringMatching(/renewed|held|notAcquired|request/) });
  const { view: earlier } = after(wish, '{', 'up', 'up');
  expect(bottomLine(earlier)).not.toEqual(event);
  expect(bottomLine(after(wish, '{', 'up', 'up', '}').view)).toEqual(event);
  // Nothing that matters comes after the last of them: the pane follows again.
  expect(after(wish, '{', '}').view.held).toEqual({});
});

test('/ in the help finds keys by what they do', () => {
  const wish = { atMs: 15_000, rows: 40 } as const;
  const { view } = after(wish, '?', '/', ...'screen', 'enter');
  expect(view).toMatchObject({ panel: 'help', sought: 'screen', filter: '' });
  expect(composedText({ ...wish, view })).toMatch(/No key has to do with screen/);
  const found = composedText({ ...wish, view: after(wish, '?', '/', ...'copy').view });
  expect(found).toMatch(/y +copy it +works elsewhere/);
  expect(found).not.toMatch(/ctrl\+z/);
  expect(after(wish, '?', '/', ...'copy', 'escape', 'escape', '?').view).toMatchObject({ sought: '' });
});

test('w keeps the commands: each below the master it is for, and what has not run says so', () => {
  const { effects } = after({ atMs: 15_000 }, 'c', 'w');
  const [effect] = effects;
  if (effect?.sort !== 'keep') throw new Error('nothing is kept');
  expect(effect.text).toMatch(/^# kuberm, not run yet: .*\n.*systemctl stop kube-scheduler/m);
});

test('R does the open step once more, and not while a fault is on', () => {
  const redo = { sort: 'intend', intent: { want: 'redo' } };
  expect(after({ atMs: 15_000 }, 'R').effects).toEqual([redo]);
  expect(after({ atMs: stopAtMs + 3_000 }, 'R').effects).toEqual([]);
});
