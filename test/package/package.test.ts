// Packed, installed into an empty folder without a network, and run there by Node 20, 22 and 24.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchedNode, type Machine, machine } from './machine.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'kha-package-'));
const { version, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const most = { packed: 2e6, unpacked: 8e6 };

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

let packed: Packed;

beforeAll(async () => {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await execa('npm', words, { cwd: root });
  [packed] = JSON.parse(stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

it('is small', () => {
  expect(packed.size).toBeLessThanOrEqual(most.packed);
  expect(packed.unpackedSize).toBeLessThanOrEqual(most.unpacked);
});

it('holds what it should, and nothing of what it is made from', () => {
  const paths = packed.files.map(({ path }) => path);
  const needed = ['dist/cli.js', 'dist/LICENCES.txt', 'man/kha-lab.1', 'recordings/demo.ndjson.gz'];
  expect(paths).toEqual(
    expect.arrayContaining([...needed, 'schema/kha-lab.schema.json', 'README.md', 'LICENSE']),
  );
  const tops = new Set(paths.map((path) => path.split('/')[0]));
  expect([...tops].toSorted()).toEqual(['package.json', ...files].toSorted());
});

describe.each([20, 22, 24])('on Node %i', (major) => {
  let on: Machine | null = null;

  beforeAll(async () => {
    const own = Number(process.versions.node.split('.')[0]) === major;
    const node = own ? process.execPath : await fetchedNode(major, join(folder, `node-${major}`));
    if (node !== null) on = machine(join(folder, `machine-${major}`), node);
  });

  /** Skips where this Node could not be fetched. */
  const ready = (skip: (why: string) => never): Machine => on ?? skip(`Node ${major} could not be fetched`);

  it('is what the machine has', async ({ skip }) => {
    expect((await ready(skip).run('node', '--version')).stdout).toMatch(new RegExp(`^v${major}\\.`));
  });

  it('runs out of the file itself', async ({ skip }) => {
    const { run, work } = ready(skip);
    copyFileSync(join(folder, packed.filename), join(work, packed.filename));
    const ran = await run('npx', '--offline', '--yes', `./${packed.filename}`, '--version');
    expect(ran).toMatchObject({ exitCode: 0, stdout: version });
  });

  it('installs without a network, and brings nothing else along', async ({ skip }) => {
    const { run, work } = ready(skip);
    const words = ['install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`];
    expect(await run('npm', ...words)).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(work, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'kha-lab',
    ]);
    expect(existsSync(join(work, 'node_modules/kha-lab/man/kha-lab.1'))).toBe(true);
  });

  const answers = async (skip: (why: string) => never, ...words: readonly string[]) => {
    const { exitCode, stdout, stderr } = await ready(skip).run('npx', '--offline', 'kha-lab', ...words);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    return stdout;
  };

  it('tells its version and what it can do', async ({ skip }) => {
    expect(await answers(skip, '--version')).toBe(version);
    expect(await answers(skip, 'help', 'exit-codes')).toMatch(/^Exit codes\n/);
    expect(await answers(skip, 'labs', 'list')).toContain('kha-lab lab ha-masters');
  });

  it('predicts', async ({ skip }) => {
    const { fault } = JSON.parse(await answers(skip, 'predict', '--json'));
    expect(fault).toBe('stop');
  });

  it('plays the recording it brings along', async ({ skip }) => {
    const file = 'node_modules/kha-lab/recordings/demo.ndjson.gz';
    const demo = JSON.parse(await answers(skip, 'demo', '--json'));
    const replayed = JSON.parse(await answers(skip, 'replay', file, '--json'));
    expect(demo.rounds.length).toBeGreaterThan(0);
    expect(replayed.rounds).toEqual(demo.rounds);
  });

  it('checks two masters of its sandbox', async ({ skip }) => {
    const { ok, masters } = JSON.parse(await answers(skip, 'check', '--sandbox', '--json'));
    expect({ ok, masters: masters.length }).toEqual({ ok: true, masters: 2 });
  });
});
