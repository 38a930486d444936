// How far one got in a lab: listed, forgotten, jumped over.
import { expect, it } from 'vitest';
import { makeHome, readTape } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { Terminal } from './drivers/terminal.ts';

const home = makeHome();

it('lists the steps with their state, and forgets them', async () => {
  await kha(home, ['labs', 'new', 'mine']);
  const list = ['lab', './mine', '--list'];
  expect(await kha(home, list)).toMatchObject({
    exitCode: 0,
    stdout: 'Mine\nopen  look  Who leads\nopen  ask   Read its lock\n',
  });
  const person = await Terminal.run(home, { args: ['lab', './mine', '--yes', '--seat', 'row-2'] });
  await person.sees(/✓ one scheduler leads/);
  await person.takes('enter next step');
  await person.sees(/ 2\/2 +Read its lock/);
  await person.takes('ctrl+c leave');
  expect(await person.ends(0)).toContain('Go on where you left with: kha-lab lab ./mine');
  const [recording = ''] = home.recordings();
  expect(recording).toMatch(/-lab-row-2-\d+\.ndjson$/);
  expect(readTape(recording)[0]).toMatchObject({ kind: 'run', seat: 'row-2' });
  // Another seat of the same machine is not there yet.
  expect((await kha(home, list)).stdout).toContain('open  look');
  const seated = [...list, '--seat', 'row-2'];
  expect(onlyObject(await kha(home, [...seated, '--json']))).toMatchObject({
    lab: 'mine',
    steps: [
      { id: 'look', state: 'done' },
      { id: 'ask', state: 'here' },
    ],
  });
  expect(await kha(home, ['lab', './mine', '--reset', '--seat', 'row-2'])).toMatchObject({ exitCode: 0 });
  expect((await kha(home, seated)).stdout).toContain('open  look');
  expect(await kha(home, [...list, '--seat', '../me'])).toMatchObject({ exitCode: 2 });
});

it('begins at a step by its name', async () => {
  const from = (step: string) =>
    kha(home, ['lab', './mine', '--auto', '--sandbox', '--yes', '--json', '--from', step]);
  const printed = onlyObject(await from('ask'));
  expect(printed).toMatchObject({ verdict: 'passed', steps: [{ step: 'ask', verdict: 'passed' }] });
  // Its recording tells the same, but for the microseconds of a step.
  const { recording } = printed as { readonly recording: string };
  const retold = onlyObject(await kha(home, ['replay', recording, '--json']));
  const timeless = (told: unknown) =>
    JSON.parse(JSON.stringify(told).replaceAll(/"tookMs":[\d.]+/g, '"tookMs":0'));
  expect(timeless(retold)).toEqual(timeless(printed));
  expect(await from('aks')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean `ask`?'),
  });
});
