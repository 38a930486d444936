// What `labs new` begins is a lab without a mistake; and several mistakes are all found at once, each at its line.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labsMeant } from '../../src/lab/find.ts';
import { lintLab } from '../../src/lab/lint.ts';
import { newLab } from '../../src/lab/newlab.ts';
import { readLab } from '../../src/lab/read.ts';
import { labSchemas } from '../../src/lab/schemas.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kha-labs-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a new lab has no mistake, carries its name, and names schemas that lie beside it', async () => {
  const made = await newLab(join(folder, 'split-brain'));
  expect(await lintLab(made)).toEqual([]);
  expect(await readLab(made)).toMatchObject({ name: 'split-brain', title: 'Split brain' });
  for (const file of ['lab.yaml', 'look/step.md', 'ask/step.md']) {
    const text = await readFile(join(made, file), 'utf8');
    const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? [];
    const read = JSON.parse(await readFile(join(made, file, '..', schema), 'utf8'));
    expect(Object.values(labSchemas()).map((one) => JSON.parse(JSON.stringify(one)))).toContainEqual(read);
  }
});

test('it writes over nothing, and only where the name can be one', async () => {
  await newLab(join(folder, 'mine'));
  await expect(newLab(join(folder, 'mine'))).rejects.toMatchObject({ code: 'exists', exit: 2 });
  await expect(newLab(join(folder, 'My Lab'))).rejects.toMatchObject({ code: 'bad-name', exit: 2 });
});

test('labs are meant by folder, by a folder of labs, by name, or by being here', async () => {
  const one = await newLab(join(folder, 'labs', 'one'));
  const two = await newLab(join(folder, 'labs', 'two'));
  expect(await labsMeant([], folder)).toEqual([one, two]);
  expect(await labsMeant(['labs/two'], folder)).toEqual([two]);
  expect(await labsMeant(['labs', 'labs/one'], folder)).toEqual([one, two]);
  expect((await labsMeant(['ha-masters'], folder)).map((found) => relative('.', found))).toEqual([
    'labs/ha-masters',
  ]);
  await mkdir(join(folder, 'empty'));
  await expect(labsMeant([], join(folder, 'empty'))).rejects.toMatchObject({ code: 'no-such-lab', exit: 2 });
  await expect(labsMeant(['nothing'], folder)).rejects.toMatchObject({ code: 'no-such-lab' });
});

test('every mistake is found at once, at its line', async () => {
  const made = await newLab(join(folder, 'bad'));
  const change = async (file: string, ...changes: (readonly [string, string])[]) => {
    const text = await readFile(join(made, file), 'utf8');
    for (const [from] of changes) expect(text).toContain(from);
    await writeFile(
      join(made, file),
      changes.reduce((now, [from, to]) => now.replace(from, to), text),
    );
  };
  await change('lab.yaml', ['summary:', 'sumary:'], ['  - ask', '  - ask\n  - gone']);
  await change(
    'look/step.md',
    ['fails: [one-leads]', 'fails: [one-lead]'],
    ['{{standby.kube-scheduler}} stands', '{{standbye.kube-scheduler}} stands'],
    ['run: [systemctl, stop, kube-scheduler]', 'run: stop.sh'],
  );
  await change(
    'ask/step.md',
    ['id: lock-read', 'id: one-leads'],
    ['action: read-lock', 'action: read-locks'],
    ['title: Read its lock', 'title: Read its lock, which is kept in a small object'],
  );
  await writeFile(join(made, 'look/stop.sh'), '#!/bin/sh\necho {{leeder.kube-scheduler}}\n');
  const found = (await lintLab(made)).map(
    ({ file, line, what }) => `${relative(made, file)}:${line}: ${what}`,
  );
  expect(found).toEqual([
    expect.stringMatching(/^lab\.yaml:3: "sumary" is not known here; did you mean "summary"\?/),
    expect.stringMatching(/^look\/step\.md:13: no check `one-lead` here, did you mean `one-leads`\?/),
    expect.stringMatching(
      /^look\/step\.md:23: unknown name .* did you mean \{\{standby\.kube-scheduler\}\}\?/,
    ),
    expect.stringMatching(/^ask\/step\.md:4: the title is \d+ columns wide, at most 32/),
    expect.stringMatching(/^ask\/step\.md:14: there are two of check one-leads, the other in look/),
    expect.stringMatching(/^ask\/step\.md:18: no action `read-locks` here, did you mean `read-lock`\?/),
    expect.stringMatching(/^gone\/step\.md:1: there is no such file/),
    expect.stringMatching(/^look\/stop\.sh:2: unknown name \{\{leeder\.kube-scheduler\}\}, did you mean/),
  ]);
});
