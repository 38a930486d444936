// A lab with a mistake in it: refused with file, line and what was meant; found by name or folder.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findLab, labNames } from '../../src/lab/find.ts';
import { lintLab } from '../../src/lab/lint.ts';
import { labsFolder } from '../../src/lab/places.ts';
import { readLab } from '../../src/lab/read.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kha-lab-'));
});

afterEach(() => rm(folder, { recursive: true }));

const head = 'title: T\nsummary: S\nlanguage: en\nsteps: [one]\n';
const good = `---
id: one
title: One
checks:
  - id: up
    title: up
    is: ssh-up
---
Some text.
`;

async function write(step: string, lab = head): Promise<string> {
  await mkdir(join(folder, 'one'), { recursive: true });
  await writeFile(join(folder, 'lab.yaml'), lab);
  await writeFile(join(folder, 'one', 'step.md'), step);
  return folder;
}

test('reads what is right', async () => {
  const lab = await readLab(await write(good));
  expect(lab).toMatchObject({ title: 'T', steps: [{ id: 'one', text: 'Some text.', skip: false }] });
  expect(lab.steps[0]?.checks[0]).toMatchObject({ sort: 'level', optional: false });
  expect(await lintLab(folder)).toEqual([]);
});

test.each([
  [
    'a misspelt key',
    good.replace('title: One', 'tittle: One'),
    /step\.md:3: "tittle" is not known here; did you mean "title"\?/,
  ],
  [
    'a check of no known kind',
    good.replace('is: ssh-up', 'is: ssh-upp'),
    /step\.md:7: checks\[1\]\.is is "ssh-upp", .*did you mean "ssh-up"\?/,
  ],
  [
    'a misspelt sort',
    good.replace('is: ssh-up', 'is: ssh-up\n    sort: egde'),
    /step\.md:8: checks\[1\]\.sort is "egde", but should be edge or level; did you mean "edge"\?/,
  ],
  [
    'a key that this check has not',
    good.replace('is: ssh-up', 'is: ssh-up\n    flag: x'),
    /step\.md:8: "flag" is not known in checks\[1\]/,
  ],
  ['a missing field', good.replace('    title: up\n', ''), /step\.md:5: checks\[1\]\.title is missing/],
  [
    'neither run nor fault',
    good.replace('checks:', 'actions:\n  - { id: a, title: A }\nchecks:'),
    /step\.md:5: .*one of `run`, `fault`, `ways`, `pod` and `removes`/,
  ],
  ['broken YAML', good.replace('title: One', 'title: [One'), /step\.md:\d+: not valid YAML/],
  ['no frontmatter', 'Some text.', /step\.md:1: a step begins with frontmatter/],
  [
    'another id than its folder',
    good.replace('id: one', 'id: two'),
    /step\.md:2: `id` is two, its folder one/,
  ],
])('refuses %s with its line', async (_, step, message) => {
  await expect(readLab(await write(step))).rejects.toMatchObject({
    code: 'bad-lab',
    exit: 2,
    message: expect.stringMatching(message),
  });
});

test('refuses a lab.yaml with a mistake, and a step that is not there', async () => {
  await expect(
    readLab(await write(good, head.replace('language: en', 'language: English!'))),
  ).rejects.toThrow(/lab\.yaml:3: /);
  await expect(readLab(await write(good, head.replace('[one]', '[one, two]')))).rejects.toThrow(
    /two\/step\.md:1: there is no such file/,
  );
});

describe('lintLab', () => {
  test.each([
    [
      'an unknown name',
      good.replace('Some', '{{leeder.kube-scheduler}}'),
      9,
      'did you mean {{leader.kube-scheduler}}',
    ],
    ['a name of no component', good.replace('Some', '{{leader.etcd}}'), 9, 'unknown name'],
    [
      'a hint for no check',
      good.replace('checks:', 'hints: [{ when: down, text: x }]\nchecks:'),
      4,
      'no check `down`',
    ],
    [
      'an action nowhere',
      good.replace('is: ssh-up', 'is: command-ran\n    action: gone'),
      8,
      'no action `gone`',
    ],
    ['only optional checks', good.replace('is: ssh-up', 'is: ssh-up\n    optional: true'), 4, 'not optional'],
    ['no text', good.replace('Some text.', ''), 1, 'needs a text'],
    ['too long a text', good.replace('Some text.', 'Many words. '.repeat(80)), 9, 'at most 10'],
    [
      'too wide a title',
      good.replace('title: One', 'title: One that is far too long to stand anywhere'),
      3,
      'columns wide',
    ],
    ['looking back on nothing', good.replace('title: One', 'title: One\nneeds: zero'), 4, 'no earlier step'],
    [
      'explaining after nothing',
      good.replace('title: One', 'title: One\nexplainAfter: zero'),
      4,
      'no check `zero`',
    ],
  ])('finds %s', async (_, step, line, what) => {
    const faults = await lintLab(await write(step));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ what: expect.stringContaining(what) });
    if (what !== 'needs a text') expect(faults[0]?.line).toBe(line);
  });

  test('finds two checks of one id', async () => {
    const twice = good.replace('checks:', 'checks:\n  - { id: up, title: again, is: ssh-up }');
    expect(await lintLab(await write(twice))).toMatchObject([{ what: 'there are two of check up' }]);
  });
});

describe('findLab', () => {
  test("knows the package's labs by name, and any folder", async () => {
    expect(await findLab()).toBe(join(labsFolder(), 'ha-masters'));
    expect(await labNames()).toContain('ha-masters');
    expect(await findLab(await write(good))).toBe(folder);
  });

  test('says which there are', async () => {
    await expect(findLab('ha-master')).rejects.toMatchObject({
      code: 'no-such-lab',
      exit: 2,
      tryThis: 'Did you mean `ha-masters`?',
    });
    await expect(findLab('nothing')).rejects.toMatchObject({
      tryThis: expect.stringContaining('ha-masters'),
    });
    await expect(findLab(`${folder}/none`)).rejects.toMatchObject({
      message: expect.stringContaining('holds no lab.yaml'),
    });
  });

  test('looks beside the built program first', async () => {
    await mkdir(join(folder, 'labs'));
    expect(labsFolder(join(folder, 'dist'))).toBe(join(folder, 'labs'));
    expect(labsFolder(join(folder, 'package', 'src', 'lab'))).toBe(join(folder, 'package', 'labs'));
  });
});
