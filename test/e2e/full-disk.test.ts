// A recording that is lost while it is written, to a full disk or to somebody who deletes it: the run ends well on its masters, and says so.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { expectTold } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, onlyObject, start } from './drivers/program.ts';
import { expectNothingLeft, quickTerms } from './drivers/sandbox.ts';

const home = makeHome();
const missing = smallDisk(join(home.work, 'small'));
if (missing !== null) console.warn(`Left out: a full disk under a recording (${missing}).`);

/** A file system with a few kilobytes free, mounted there; or why it cannot be had. */
function smallDisk(folder: string): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it takes root on Linux';
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'kha-lab-test', folder], {
      stdio: 'pipe',
    });
  } catch (error) {
    return `no tmpfs can be mounted: ${(error as Error).message.split('\n')[1] ?? ''}`;
  }
  afterAll(() => execFileSync('umount', [folder]));
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - 8_192)));
  return null;
}

it.skipIf(missing !== null)('puts back, tells the result, and ends with 7', async () => {
  const file = join(home.work, 'small/run.ndjson');
  const ran = await kha(home, ['failover', '--sandbox', '--lock', 'leases', '--record', file]);
  expectTold(ran, { exit: 7, happened: /could not be written: the disk is full/, todo: /--record FILE/ });
  expect(ran.stdout).not.toMatch(/NOT RESTORED/);
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
});

it('says at once where no recording can be made', async () => {
  writeFileSync(join(home.work, 'a-file'), '');
  const ran = await kha(home, ['failover', '--sandbox', '--record', join(home.work, 'a-file/run.ndjson')]);
  expectTold(ran, { exit: 7, happened: /could not be written/, todo: /--record FILE/ });
  const again = await kha(home, ['failover', '--sandbox', '--record', join(home.work, 'a-file')]);
  expectTold(again, { exit: 7, happened: /there is such a file already/, todo: /another file/ });
});

it('names no recording that somebody deleted meanwhile, and ends with 7', async () => {
  const file = join(home.work, 'deleted.ndjson');
  const words = ['failover', '--sandbox', '--fault', 'kill', '--no-canary', '--json', ...quickTerms];
  const run = start(home, [...words, '--record', file]);
  await until(
    'a round that has begun',
    () => existsSync(file) && readFileSync(file, 'utf8').includes('"kind":"round"'),
  );
  rmSync(file);
  const ran = await run.ended;
  expectTold(ran, { exit: 7, happened: /deleted\.ndjson is not there any more/, todo: /--record FILE/ });
  expect(onlyObject(ran)).toMatchObject({ recording: null, restored: true });
  expect(existsSync(file)).toBe(false);
});
