// The machine's own ssh client against a sandbox's masters.
import { spawnSync } from 'node:child_process';
import { execa } from 'execa';

export const hasSsh = spawnSync('ssh', ['-V']).status === 0;
if (!hasSsh) console.warn('No ssh client here: tests with a real one are left out.');

export function ssh(configFile: string, master: string, command: string, input?: string) {
  return execa('ssh', ['-F', configFile, master, command], {
    reject: false,
    timeout: 20_000,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
  });
}
