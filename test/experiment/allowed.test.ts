// What sudo must allow is asked before the fault: every command of the round, on the master that it is typed on.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { expectAllowed } from '../../src/experiment/allowed.ts';
import { designStop } from '../../src/experiment/faults/process.ts';
import type { Host } from '../../src/hosts/host.ts';
import { quoteArgv } from '../../src/hosts/quote.ts';
import { fakeMaster } from './fakemaster.ts';

const folder = mkdtempSync(join(tmpdir(), 'kha-lab-allowed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A login whose sudo does as this shell line says with the words it is asked about. */
function login(name: string, says: string | null): Host {
  // A folder each: a script that still runs cannot be written over.
  const own = mkdtempSync(join(folder, `${name}-`));
  const file = join(own, 'sudo');
  if (says !== null) {
    writeFileSync(file, `#!/bin/sh\n[ "$1 $2" = '-n -l' ] || exit 9\nshift 2\n${says}\n`);
    chmodSync(file, 0o755);
  }
  const run = async ([program = '', ...words]: readonly string[]) => {
    const env = { PATH: `${own}:${process.env.PATH}` };
    const { stdout, stderr, exitCode } = await execa(program, words, { env });
    return { code: exitCode ?? null, signal: null, stdout, stderr, startedMs: 0, endedMs: 0 };
  };
  const commandLine: Host['commandLine'] = (argv, { sudo } = {}) =>
    quoteArgv(sudo && says !== null ? ['sudo', '-n', ...argv] : argv);
  return { ...fakeMaster(name), run, commandLine };
}

async function asked(says: string | null): Promise<string> {
  const masters = ['kuberm', 'kuberm2'].map((name) => ({
    name,
    host: login(name, says),
    master: { name, reach: { via: 'local' }, components: {} } as never,
  }));
  const [on] = masters;
  if (!on) throw new Error('two masters');
  const design = designStop({ fault: 'stop', on } as never, 'kube-scheduler.service');
  const plan = { design, masters, afterSeconds: 60, description: 'kha-lab: it' };
  return await expectAllowed(plan).then(
    () => 'allowed',
    (error) => `${error.code} ${error.exit}: ${error.message} ${error.tryThis}`,
  );
}

it('lets a login begin that may do all', async () => {
  expect(await asked('echo "/usr/bin/$*"')).toBe('allowed');
});

it('does not ask a login that needs no sudo', async () => {
  expect(await asked(null)).toBe('allowed');
});

it('refuses one that may stop but not start, and names the command as it would be typed', async () => {
  const said = await asked('case "$*" in "systemctl start "*) exit 1 ;; esac');
  expect(said).toMatch(/^not-allowed 4: No fault was issued: sudo on kuberm does not allow/);
  expect(said).toContain(': sudo -n systemctl start kube-scheduler.service.');
  expect(said).toContain('kha-lab doctor');
});

it('counts what else is refused', async () => {
  expect(await asked('exit 1')).toMatch(/: sudo -n systemd-run --unit=kha-lab-return .* \(and \d more\)\./);
});

it('takes a sudo that lists nothing without a password for one that does not tell', async () => {
  expect(await asked('echo "sudo: a password is required" >&2; exit 1')).toBe('allowed');
});
