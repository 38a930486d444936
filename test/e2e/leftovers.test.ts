// Every start on masters says when an interrupted run left something.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';

it.each([[['failover', '--yes']], [['failover', '--dry-run']], [['watch']], [['check']]])(
  '%j',
  async (args) => {
    const home = makeHome();
    const folder = join(home.env.XDG_STATE_HOME ?? '', 'kha-lab/pending');
    mkdirSync(folder, { recursive: true });
    const left = {
      version: 2,
      id: 'one',
      pid: 1,
      givenUp: true,
      startedAt: '2026-11-22T20:00:00.000Z',
      inventory: '/nowhere.yaml',
      component: 'kube-scheduler',
      fault: 'stop',
      master: 'kuberm',
      armedOn: ['kuberm'],
      unit: 'kube-scheduler.service',
      undo: [],
      snapshots: [],
      exitsWithinMs: 0,
    };
    writeFileSync(join(folder, 'one.json'), JSON.stringify(left));
    const { stderr, exitCode } = await kha(home, [...args, '--inventory', '/nowhere.yaml']);
    expect(stderr).toMatch(/interrupted after its fault \(stop kube-scheduler\.service on kuberm\)/);
    expect(stderr).toMatch(/kha-lab recover/);
    expect(exitCode).toBe(2);
  },
);
