// systemctl's words that ask: show, cat, is-active, is-enabled, is-failed.
import { readFileSync } from 'node:fs';
import { Refusal } from '../../systemd/refusal.ts';
import { timerProperties, unitProperties } from './properties.ts';
import type { SystemctlCall } from './systemctl.ts';
import { readTimestampStyle } from './timestamps.ts';

export function showUnits({ manager, units, flags, out }: SystemctlCall): number {
  const style = readTimestampStyle(flags.timestamp);
  const wanted = [...(flags.property ?? []), ...(flags.P ?? [])].flatMap((list) => list.split(','));
  const valueOnly = flags.value === true || (flags.P ?? []).length > 0;
  const blocks = units.map((name) => {
    const properties = name.endsWith('.timer')
      ? timerProperties(name, manager.timer(name), style)
      : unitProperties(manager, manager.service(name), style);
    return Object.entries(properties)
      .filter(([key]) => wanted.length === 0 || wanted.includes(key))
      .map(([key, value]) => (valueOnly ? `${value}\n` : `${key}=${value}\n`))
      .join('');
  });
  out(blocks.join('\n'));
  return 0;
}

export function catUnits({ manager, units, out, err }: SystemctlCall): number {
  const texts: string[] = [];
  for (const name of units) {
    const { found } = manager.service(name);
    if (found.loadState === 'not-found') {
      err(`No files found for ${name}.\n`);
      return 1;
    }
    if (found.loadState === 'masked') {
      texts.push(`# Unit ${name} is masked.\n`);
      continue;
    }
    for (const path of [found.fragmentPath, ...found.dropInPaths])
      texts.push(`# ${manager.files.named(path)}\n${readFileSync(path, 'utf8')}`);
  }
  out(texts.join('\n'));
  return 0;
}

export function isActive({ manager, units, flags, out }: SystemctlCall): number {
  const states = units.map((name) =>
    name.endsWith('.timer') ? (manager.timer(name) ? 'active' : 'inactive') : manager.service(name).active,
  );
  if (!flags.quiet) out(states.map((state) => `${state}\n`).join(''));
  return states.includes('active') ? 0 : 3;
}

export function isFailed({ manager, units, flags, out }: SystemctlCall): number {
  const states = units.map((name) => manager.service(name).active);
  if (!flags.quiet) out(states.map((state) => `${state}\n`).join(''));
  return states.includes('failed') ? 0 : 1;
}

export function isEnabled({ manager, units, flags, out }: SystemctlCall): number {
  const states = units.map((name) => {
    const { unitFileState } = manager.service(name).found;
    if (unitFileState === '')
      throw new Refusal(`Failed to get unit file state for ${name}: No such file or directory`);
    return unitFileState;
  });
  if (!flags.quiet) out(states.map((state) => `${state}\n`).join(''));
  return states.some((state) => ['enabled', 'static', 'transient'].includes(state)) ? 0 : 1;
}
