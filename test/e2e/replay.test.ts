// A recording on the screens: paused, stepped and sought with the keys that are shown; and long ones in flat memory.
import { createWriteStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { longRun } from '../recording/longrun.ts';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';
import { Terminal } from './drivers/terminal.ts';

const home = makeHome();
const fixture = join(import.meta.dirname, '../fixtures/recordings/stop-endpoints.ndjson.gz');
const lines = gunzipSync(readFileSync(fixture)).toString('utf8').trimEnd().split('\n');

it('plays, pauses, steps and jumps by the keys it shows, from a gzipped file', async () => {
  const screen = await Terminal.run(home, { args: ['replay', fixture, '--speed', '0.25'] });
  await screen.sees(/▶ replay 0\.25×/);
  await screen.takes('space play or pause');
  await screen.sees(/‖ replay 0\.25×/);
  await screen.takes('] next handover');
  // Shortly before the fault: kuberm leads, and the fault is waiting.
  await screen.sees(/kuberm\s.*sched ★ leader/);
  await screen.sees(/00:11\/01:11/);
  // To the fault itself, and 20 s on: kuberm2 took over.
  for (let step = 0; step < 4; step += 1) screen.press('→');
  await screen.sees(/kuberm2\s.*sched ★ leader/);
  screen.press(']').press(']').press('[');
  await screen.sees(/00:11\/01:11/);
  screen.press('<');
  await screen.sees(/00:00\/01:11/);
  screen.press('>').press('>');
  await screen.sees(/01:11\/01:11/);
  screen.press('q');
  await screen.ends(0);
});

it('plays the demo that comes with the package, with nothing set up', async () => {
  const screen = await Terminal.run(home, { args: ['demo', '--speed', '64'] });
  await screen.sees(/kha-lab {2}demo .*replay 64×/);
  await screen.sees(/handover \d+\.\d{3} s/);
  screen.press('q');
  await screen.ends(0);
  const told = await kha(home, ['demo', '--json']);
  expect(JSON.parse(told.stdout).rounds[0]).toMatchObject({ round: 1, verdict: 'passed' });
});

it('says in a sentence on the screens that the end is missing', async () => {
  const cut = join(home.work, 'cut.ndjson');
  writeFileSync(cut, lines.slice(0, 300).join('\n'));
  const screen = await Terminal.run(home, { args: ['replay', cut, '--speed', '64'] });
  await screen.sees(/without the end of its run/);
  screen.press('q');
  await screen.ends(0);
});

it('jumps to and fro in one too long for memory, by an index that it keeps', async () => {
  const file = join(home.work, 'handovers.ndjson');
  writeFileSync(file, [...longRun({ fixture, times: 26 })].join(''));
  const screen = await Terminal.run(home, { args: ['replay', file] });
  await screen.sees(/▶ replay 1×/, 120_000);
  screen.press('space').types(',.........');
  await screen.sees(/‖ replay 1× 27:4\d\/30:49/);
  // In the midst of the last fault but one.
  await screen.sees(/kuberm\s.*sched ✗ stopped/);
  screen.types(',,,');
  await screen.sees(/18:\d\d\/30:49/);
  screen.press('q');
  await screen.ends(0);
  expect(readdirSync(join(home.env.HOME ?? '', '.cache/kha-lab/indexes'))).toHaveLength(1);
});

it('reads long recordings in memory that does not grow with them', async () => {
  const file = join(home.work, 'long.ndjson');
  const out = createWriteStream(file);
  const [first = '', ...rest] = lines;
  const logs = rest.filter((line) => line.includes('"kind":"log"'));
  out.write(`${first}\n`);
  // Some 130 MB: more than twice what the program may have.
  for (let times = 0; times < 230; times += 1) out.write(`${logs.join('\n')}\n`);
  out.end(`${rest.join('\n')}\n`);
  await finished(out);
  // A heap this small ends in a crash where anything is kept.
  const env = { NODE_OPTIONS: '--max-old-space-size=48 --max-semi-space-size=2' };
  const result = await kha(home, ['replay', file, '--json'], { env });
  expect(result.stderr).toBe('');
  expect(JSON.parse(result.stdout)).toMatchObject({ version: 1, rounds: [{ round: 1 }, { round: 2 }] });
  const plain = await kha(home, ['replay', file, '--plain'], { env });
  expect(plain.exitCode).toBe(0);
  expect(plain.stdout).toMatch(/the run is over, exit 0\n$/);
});
