// A pod that a lab launched is deleted however the lab ends: left, interrupted, or killed and recovered.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Home, makeHome, readTape } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, start } from './drivers/program.ts';
import { expectNothingLeft, sandboxUp } from './drivers/sandbox.ts';
import { hasSsh, onMaster } from './drivers/ssh.ts';

/** One step, which launches a pod and is never done: somebody must end it. */
const step = `---
id: only
title: Launch
actions:
  - { id: make, title: Launch it, pod: { name: kha-lab-left, image: busybox } }
checks:
  - { id: runs, title: it runs, is: pod-runs, pod: kha-lab-left }
  - { id: gone, title: it is gone, is: pod-gone, pod: kha-lab-left }
---
Launch it.
`;

function makeLab(home: Home): string {
  const folder = join(home.work, 'launching');
  mkdirSync(join(folder, 'only'), { recursive: true });
  writeFileSync(join(folder, 'lab.yaml'), 'title: Launching\nsummary: A pod.\nlanguage: en\nsteps: [only]\n');
  writeFileSync(join(folder, 'only/step.md'), step);
  return folder;
}

async function launch(home: Home, inventory: string) {
  const run = start(home, ['lab', makeLab(home), '--auto', '--inventory', inventory, '--yes']);
  await until('the pod runs', () => /passed: it runs/.test(run.stdout()), {
    instead: () => run.stdout() + run.stderr(),
  });
  return run;
}

it.skipIf(!hasSsh)(
  'is deleted when the run is interrupted, and by `recover` when it was killed',
  async () => {
    const home = makeHome();
    const sandbox = await sandboxUp(home);
    const pods = async () => (await onMaster(sandbox, 'kuberm', 'kubectl get pods -o name')).stdout;
    const process = async () => (await onMaster(sandbox, 'kuberm', "pgrep -f '[k]ha-lab-left'")).stdout;

    const interrupted = await launch(home, sandbox.inventory);
    expect(await pods()).toBe('pod/kha-lab-left');
    expect(await process()).toMatch(/^\d+$/);
    expect(home.pending()).toHaveLength(1);
    interrupted.kill('SIGINT');
    expect((await interrupted.ended).exitCode).toBe(130);
    expect(await pods()).toBe('');
    await until('its process is gone', async () => (await process()) === '');
    expect(home.pending()).toEqual([]);
    const seen = readTape(home.recordings().at(-1) ?? '').filter(({ kind }) => kind === 'pod');
    expect(seen.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['Running', 'gone']));

    const killed = await launch(home, sandbox.inventory);
    killed.kill('SIGKILL');
    await killed.ended;
    expect(await pods()).toBe('pod/kha-lab-left');
    expect(home.pending()).toHaveLength(1);
    const recovered = await kha(home, ['recover']);
    expect(recovered).toMatchObject({ exitCode: 0, stderr: '' });
    expect(recovered.stdout).toBe('pod/kha-lab-left on kuberm is gone again.\n');
    expect(await pods()).toBe('');
    expect(home.pending()).toEqual([]);
    await sandbox.end();
    await expectNothingLeft(home, sandbox);
  },
);
