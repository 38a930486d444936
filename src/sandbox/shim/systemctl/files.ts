// systemctl's words that change what the unit files' links say.
import { Refusal } from '../../systemd/refusal.ts';
import type { SystemctlCall } from './systemctl.ts';

export async function maskUnits({ manager, units, flags, err }: SystemctlCall): Promise<number> {
  for (const name of units) {
    try {
      const link = manager.files.mask(name, flags.runtime === true);
      if (!flags.quiet) err(`Created symlink ${manager.files.named(link)} → /dev/null.\n`);
    } catch (error) {
      throw new Refusal(`Failed to mask unit: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  manager.reload();
  if (flags.now) for (const name of units) await manager.stop(name);
  return 0;
}

export function unmaskUnits({ manager, units, flags, err }: SystemctlCall): number {
  for (const name of units) {
    const link = manager.files.unmask(name);
    if (link !== null && !flags.quiet) err(`Removed "${manager.files.named(link)}".\n`);
  }
  manager.reload();
  return 0;
}

/** `enable` and `disable`. */
export async function enableUnits({ manager, units, flags, err }: SystemctlCall): Promise<number> {
  const enabled = flags.verb === 'enable';
  for (const name of units) {
    const { found, settings } = manager.service(name);
    if (found.loadState === 'not-found')
      throw new Refusal(`Failed to ${flags.verb} unit: Unit file ${name} does not exist.`);
    if (found.loadState === 'masked') throw new Refusal(`Failed to ${flags.verb} unit: Unit file is masked.`);
    for (const link of manager.files.setEnabled(name, enabled, settings.wantedBy))
      if (!flags.quiet)
        err(enabled ? `Created symlink ${link} → ${found.fragmentPath}.\n` : `Removed "${link}".\n`);
  }
  manager.reload();
  if (flags.now) for (const name of units) await (enabled ? manager.start(name) : manager.stop(name));
  return 0;
}
