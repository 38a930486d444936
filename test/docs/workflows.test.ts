// The workflows of this repository run what there is, and a release only gets out tested, with provenance.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './pages.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
}

const folder = join(root, '.github/workflows');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const read = (name: string): { readonly permissions: object; readonly jobs: Readonly<Record<string, Job>> } =>
  parse(text(name));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe.each(readdirSync(folder))('%s', (name) => {
  const { permissions, jobs } = read(name);

  it('runs scripts that there are', () => {
    const runs = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    const named = runs.flatMap((run) => [...run.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script));
    for (const script of named) expect(scripts).toHaveProperty(script ?? '');
    for (const [path] of runs.join('\n').matchAll(/\.ci\/\w+(\.mjs)?/g)) {
      const { mode } = statSync(join(root, path));
      if (!path.endsWith('.mjs')) expect(mode & 0o100).toBe(0o100);
    }
  });

  it('may only read, keeps no secret, names no registry, and ends', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(text(name)).not.toMatch(/secrets\.|registry-url|https?:/);
    for (const { uses, ...job } of Object.values(jobs))
      if (uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });
});

it('every change is tested on each Node that the package is tried on', () => {
  const { jobs } = read('ci.yml');
  expect(jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24]);
  expect(readFileSync(join(root, 'test/package/package.test.ts'), 'utf8')).toContain('[20, 22, 24]');
});

it('a release is tested first, and published with provenance', () => {
  const { ci, publish } = read('release.yml').jobs;
  expect(ci?.uses).toBe('./.github/workflows/ci.yml');
  expect(publish).toMatchObject({ needs: 'ci', permissions: { contents: 'read', 'id-token': 'write' } });
  const runs = publish?.steps?.flatMap(({ run }) => run ?? []) ?? [];
  expect(runs.at(-1)).toBe('npm publish --provenance --access public');
  expect(runs.findIndex((run) => run.includes('.ci/release.mjs'))).toBe(0);
});

it('a release wants the tag of its version, and a changelog that is dated', () => {
  const { status, stderr } = spawnSync('node', [join(root, '.ci/release.mjs'), 'v0.0.1'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/The tag is "v0\.0\.1", and the package is \d/);
});
