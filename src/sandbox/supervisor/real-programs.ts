// Real Kubernetes and etcd in place of the sandbox's own: the same units, on one machine.
import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { quoteForShell } from '../quote.ts';
import type { PlannedMaster } from './plan.ts';

const needed = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

export interface RealPrograms {
  readonly folder: string;
  /** `1.36.3` */
  readonly version: string;
}

/** Rejects when a program is missing, or its version cannot be told. */
export async function realPrograms(binDir: string): Promise<RealPrograms> {
  if (process.platform !== 'linux')
    throw new Error('real programs need Linux: each master has a host name of its own');
  const folder = resolve(binDir);
  const missing = needed.filter((name) => !isProgram(join(folder, name)));
  if (missing.length > 0) throw new Error(`${folder} has no ${missing.join(', no ')}`);
  const { stdout } = await promisify(execFile)(join(folder, 'kube-apiserver'), ['--version']);
  const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`kube-apiserver does not say its version: ${stdout.trim()}`);
  return { folder, version };
}

/**
 * Writes launchers to the real programs. Each runs under its master's host name, which is what a lock's holder shows,
 * in a UTS namespace of its own. They would report to a real systemd's socket, so their units are of a type that does not wait.
 */
export function writeRealPrograms({ root, name }: PlannedMaster, { folder }: RealPrograms): void {
  for (const program of needed) {
    const inside = `hostname ${name} && exec ${quoteForShell(join(folder, program))} "$@"`;
    const own = process.getuid?.() === 0 ? 'unshare --uts' : 'unshare --user --map-root-user --uts';
    const text = `#!/bin/sh\nexec ${own} /bin/sh -c ${quoteForShell(inside)} ${program} "$@"\n`;
    // The master's own `hostname` only answers; this one must set.
    writeFileSync(join(root, 'opt/bin', program), text.replace('hostname ', '/bin/hostname '), {
      mode: 0o700,
    });
    const dropIns = join(root, 'etc/systemd/system', `${program}.service.d`);
    mkdirSync(dropIns, { recursive: true, mode: 0o700 });
    writeFileSync(join(dropIns, 'sandbox.conf'), '[Service]\nType=simple\n', { mode: 0o600 });
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
