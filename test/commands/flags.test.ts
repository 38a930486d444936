// How values of flags are read, and which masters a command is for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseMasters, wantsSandbox } from '../../src/commands/choose.ts';
import { age, canaryPace, count, duration, wholeSeconds } from '../../src/commands/flags.ts';
import { realSurroundings } from '../../src/commands/surroundings.ts';

describe('values', () => {
  it.each([
    ['20s', 20_000],
    ['1m30s', 90_000],
    ['500ms', 500],
  ])('%s is a duration', (text, ms) => expect(duration(text)).toBe(ms));

  it('says of one that is too short what is wrong with it, not how it is written', () => {
    for (const [read, text] of [
      [duration, '0s'],
      [duration, '0'],
      [age, '0d'],
    ] as const)
      expect(() => read(text)).toThrow(/^It must be longer than 0\.$/);
    expect(() => wholeSeconds('0s')).toThrow(/whole seconds, at least 1s/);
    expect(() => canaryPace('0s')).toThrow(/from 100ms/);
    for (const read of [wholeSeconds, canaryPace]) expect(() => read('soon')).toThrow(/20s, 1m30s or 500ms/);
  });

  it.each(['5', 'soon', '', '-3s', '1 s'])('%j is none', (text) =>
    expect(() => duration(text)).toThrow(/20s, 1m30s or 500ms/),
  );

  it('has the election think in whole seconds', () => {
    expect(wholeSeconds('15s')).toBe(15_000);
    for (const text of ['500ms', '1500ms']) expect(() => wholeSeconds(text)).toThrow(/whole seconds/);
  });

  it.each(['0', '-1', '1.5', 'two', '1e3', ''])('%j is no count', (text) =>
    expect(() => count(text)).toThrow(/whole number/),
  );
  it('counts', () => expect(count('12')).toBe(12));
});

describe('masters', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'kha-choose-'));
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  const flags = { input: true, color: true };
  // No terminal here: CI says so to every program.
  const surroundings = { ...realSurroundings(), cwd, env: { CI: 'true' } };

  it('are never a sandbox that nobody asked for', async () => {
    await expect(chooseMasters(flags, surroundings)).rejects.toMatchObject({ code: 'no-inventory', exit: 2 });
  });

  it('are one set, not two', async () => {
    const both = { ...flags, sandbox: true, inventory: 'x.yaml' };
    await expect(chooseMasters(both, surroundings)).rejects.toMatchObject({ code: 'usage', exit: 2 });
  });

  it('are those of the inventory that is named, or lies here', async () => {
    expect(wantsSandbox(flags, surroundings)).toBe(true);
    expect(wantsSandbox({ ...flags, inventory: 'gone.yaml' }, surroundings)).toBe(false);
    const file = join(cwd, 'kha-lab.yaml');
    writeFileSync(file, 'masters: [{ name: a, ssh: { host: 127.0.0.1 } }]\ncluster: { kubeconfig: /k }\n');
    expect(wantsSandbox(flags, surroundings)).toBe(false);
    expect(wantsSandbox({ ...flags, sandbox: true }, surroundings)).toBe(true);
    const chosen = await chooseMasters({ ...flags, inventory: file }, surroundings);
    expect(chosen.target).toBe(file);
    expect(chosen.inventory.masters.map(({ name }) => name)).toEqual(['a']);
    await chosen.close();
  });
});
