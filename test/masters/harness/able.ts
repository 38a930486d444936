// Whether this machine can have real masters; where it cannot, the tests say why, and in CI that fails.
import { access, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, it } from 'vitest';

/** What this machine lacks for real masters, in words; null when it can have them. */
export async function whatIsMissing(): Promise<string | null> {
  if (process.platform !== 'linux') return `real masters need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'real masters need root, run the tests as root';
  const debian = await access('/etc/debian_version').then(
    () => true,
    () => false,
  );
  if (!debian) return "real masters are built from Debian's packages, this is no Debian";
  // nspawn takes this folder for a systemd that runs here, and asks it for what it cannot give.
  const [says, first] = await Promise.all([
    access('/run/systemd/system').then(
      () => true,
      () => false,
    ),
    readFile('/proc/1/comm', 'utf8'),
  ]);
  if (says && first.trim() !== 'systemd')
    return 'real masters cannot boot where /run/systemd/system is but no systemd runs: remove that folder';
  const { failed } = await execa('unshare', ['--mount', '--net', 'true'], { reject: false });
  return failed ? 'real masters need mounts and network namespaces, this root may make none' : null;
}

/** `describe` where real masters can be; else a skip that says why, or a failure where they are required. */
export async function describeOnMasters(title: string, body: () => void): Promise<void> {
  const missing = await whatIsMissing();
  if (missing === null) describe(title, body);
  else if (process.env.KHA_MASTERS_REQUIRED === 'yes')
    it(title, () => {
      throw new Error(missing);
    });
  else describe.skip(`${title}: skipped, ${missing}`, body);
}
