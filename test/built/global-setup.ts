// Builds the program once for the tests that run it, into a folder of this test run's own: two runs never share a build.
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

const root = join(import.meta.dirname, '../..');
const builds = join(root, '.test-dist');

/** Names the build in KHA_DIST, which the tests and every program they start read. One that is named already is used as it is. */
export async function setup(): Promise<(() => void) | undefined> {
  if (process.env.KHA_DIST) return;
  clearAway();
  const own = join(builds, String(process.pid));
  const dist = join(own, 'dist');
  mkdirSync(own, { recursive: true });
  // The program looks for its labs, and what new ones begin with, beside its own folder.
  for (const name of ['labs', 'templates', 'recordings']) symlinkSync(join(root, name), join(own, name));
  await execa(process.execPath, [join(root, 'build.mjs')], { env: { KHA_DIST: dist } });
  process.env.KHA_DIST = dist;
  return () => {
    delete process.env.KHA_DIST;
    rmSync(own, { recursive: true, force: true });
  };
}

/** Builds of test runs that were killed. */
function clearAway(): void {
  mkdirSync(builds, { recursive: true });
  for (const name of readdirSync(builds)) {
    if (!isAlive(Number(name))) rmSync(join(builds, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
