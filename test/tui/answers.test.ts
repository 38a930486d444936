// What a step's commands answered, beside the step: the lines that matter first, and the way to the rest.
import { expect, test } from 'vitest';
import type { LabStep } from '../../src/model/labplan.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { nothingDone } from '../../src/tui/doing.ts';
import { textOf } from '../../src/tui/line.ts';
import { outputLines } from '../../src/tui/outputlines.ts';

const text = 'kubectl get endpoints kube-scheduler -o yaml';

/** The lines for these answers, a host each. */
function shown(answers: Readonly<Record<string, string>>, { note = null as string | null, most = 3 } = {}) {
  const hosts = Object.keys(answers);
  const scene = hosts.reduce((before, host, seq) => {
    const ran = { kind: 'command', phase: 'ran', text, why: 'look', code: 0, tookMs: 5 } as const;
    return seeScene(before, { ...ran, output: answers[host] ?? '', seq, atMs: 10, errorMs: 0, host });
  }, emptyScene);
  const commands = hosts.map((host) => ({ host, text }));
  const action = { id: 'read', title: 'Read it', commands, note, isFault: false };
  const empty = { text: '', guess: null, checks: [], hints: [], logs: null };
  const step: LabStep = { ...empty, id: 'look', title: 'Look', actions: [action] };
  return outputLines({ scene, doing: nothingDone }, step, { width: 40, most }).map(textOf);
}

const unit = [
  '[Unit]',
  'Description=x',
  '[Service]',
  'ExecStart=/opt/bin/kube-scheduler \\',
  '--leader-elect=true',
];

test('of an answer that is too long, what the reason speaks of by name comes first', () => {
  const answer = unit.join('\n');
  expect(shown({ kuberm: answer })).toEqual(['[Unit]', 'Description=x', '… 3 more lines: c']);
  expect(shown({ kuberm: answer }, { note: 'by --leader-elect they take turns' })).toEqual([
    '--leader-elect=true',
    '… 4 more lines: c',
  ]);
  expect(shown({ kuberm: answer }, { note: 'it takes turns', most: 5 })).toEqual(unit);
});

test('one long line goes on in the next rows, and says where it is cut', () => {
  const json = `{"holderIdentity":"kuberm","leaseDurationSeconds":15,"renewTime":"${'0'.repeat(80)}"}`;
  const rows = shown({ kuberm: json });
  expect(rows).toHaveLength(3);
  expect(rows.join('')).toMatch(/^\{"holderIdentity":"kuberm","leaseDurationSeconds":15,"renewTime":"0+…$/);
  expect(shown({ kuberm: json }, { most: 8 }).join('')).toBe(json);
});

test('with a row a host, each says what was looked for, or how much there is', () => {
  const answers = { kuberm: unit.join('\n'), kuberm2: unit.join('\n') };
  expect(shown(answers)).toEqual(['kuberm  … 5 more lines: c', 'kuberm2  … 5 more lines: c']);
  expect(shown(answers, { note: 'by --leader-elect' })).toEqual([
    'kuberm  --leader-elect=true',
    'kuberm2  --leader-elect=true',
  ]);
});
