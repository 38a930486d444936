// kha-lab report: real recordings and written ones, in the terminal and as JSON, by the contract's exit codes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { writeRun } from '../model/runstream.ts';
import { expectFailure } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';

const home = makeHome();
const at = (name: string) => join(home.work, name);

/** A real recording of a sandbox, unpacked. */
function real(name: string): string {
  const packed = join(import.meta.dirname, '../fixtures/recordings', `${name}.ndjson.gz`);
  writeFileSync(at(`${name}.ndjson`), gunzipSync(readFileSync(packed)));
  return `${name}.ndjson`;
}

it('says what a real recording comes to', async () => {
  const ran = await kha(home, ['report', real('stop-endpoints')]);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^PASSED/);
  expect(ran.stdout).toMatch(/^kube-scheduler, stop, lock in Endpoints$/m);
  expect(ran.stdout).toMatch(/kha-lab replay stop-endpoints\.ndjson/);
  for (const row of ran.stdout.split('\n')) expect(row.length, row).toBeLessThanOrEqual(80);
});

it('puts files and folders together by what they ask, as one object', async () => {
  const ran = await kha(home, ['report', real('stop-endpoints'), real('kill-leases'), '--json']);
  expect(ran.exitCode).toBe(0);
  expect(onlyObject(ran)).toMatchObject({
    version: 1,
    verdict: 'passed',
    recordings: [
      { recording: 'stop-endpoints.ndjson', restored: true, steady: true, exit: 0 },
      { recording: 'kill-leases.ndjson', restored: true, steady: true, exit: 0 },
    ],
    groups: [
      { fault: 'stop', lock: 'Endpoints', predictedMs: { min: 13_000, max: 23_800 } },
      { fault: 'kill', lock: 'Lease' },
    ],
  });
  expect(await kha(home, ['report', '.', '--quiet'])).toMatchObject({ exitCode: 0 });
});

it('colours where it is asked to, and never under --no-color', async () => {
  const file = writeRun(at('run.ndjson'), { handoversMs: [16_000] });
  const coloured = await kha(home, ['report', file], { env: { FORCE_COLOR: '1' } });
  expect(coloured.stdout).toMatch(/\x1b\[32m/);
  const plain = await kha(home, ['report', file, '--no-color'], { env: { FORCE_COLOR: '1' } });
  expect(plain.stdout).not.toMatch(/\x1b\[3\dm/);
});

it('judges by the limit the run was given', async () => {
  const command = ['kha-lab', 'failover', '--max-handover', '15s'];
  const file = writeRun(at('late.ndjson'), { handoversMs: [16_000], command });
  const ran = await kha(home, ['report', file]);
  expect(ran.exitCode).toBe(1);
  expect(ran.stdout).toMatch(/The handover took 16\.00 s ± 0\.4 ms, more than the 15\.00 s allowed\./);
});

it('ends with 3 where nothing can be judged, with 2 for what is no recording', async () => {
  const file = writeRun(at('idle.ndjson'), { handoversMs: [] });
  expect(await kha(home, ['report', file])).toMatchObject({ exitCode: 3 });
  writeFileSync(at('notes.txt'), 'not a recording\n');
  expectFailure(await kha(home, ['report', 'notes.txt', '--json']), { code: 'not-a-recording', exit: 2 });
  expectFailure(await kha(home, ['report', 'nowhere', '--json']), { code: 'not-a-recording', exit: 2 });
});
