// A master of a sandbox, asked by the machine's own ssh: what is true there, whoever says what.
import { spawnSync } from 'node:child_process';
import { execa } from 'execa';
import type { UpSandbox } from './sandbox.ts';

export const hasSsh = spawnSync('ssh', ['-V']).status === 0;
if (!hasSsh) console.warn('No ssh client here: tests that look at a master with it are left out.');

export function onMaster({ sshConfig }: Pick<UpSandbox, 'sshConfig'>, master: string, command: string) {
  return execa('ssh', ['-F', sshConfig, master, command], {
    reject: false,
    stdin: 'ignore',
    timeout: 60_000,
  });
}
