// `systemctl status`: a unit in a few lines, with the end of its journal.
import { formatEntry } from '../../journal/format.ts';
import type { Manager } from '../../systemd/manager.ts';
import type { Service } from '../../systemd/service.ts';
import { formatTimespan } from '../../systemd/timespan.ts';
import type { SystemctlCall } from './systemctl.ts';
import { formatTimestamp } from './timestamps.ts';

export function statusUnits({ manager, units, flags, out, err }: SystemctlCall): number {
  let code = 0;
  const named = units.length > 0 ? units.map((name) => manager.service(name)) : manager.services();
  const blocks: string[] = [];
  for (const service of named) {
    if (service.found.loadState === 'not-found') {
      err(`Unit ${service.name} could not be found.\n`);
      code = 4;
      continue;
    }
    if (service.active !== 'active' && code === 0) code = 3;
    blocks.push(block(manager, service, Number(flags.lines ?? 10)));
  }
  out(blocks.join('\n'));
  return units.length > 0 ? code : 0;
}

function block(manager: Manager, service: Service, lines: number): string {
  const { found, settings, stamps, main } = service;
  const since = stamps.stateChange.realtimeUs;
  const ago = since === 0 ? '' : ` since ${formatTimestamp(since, 'pretty')}; ${age(manager, since)} ago`;
  const result = service.result === 'success' ? '' : ` (Result: ${service.result})`;
  const running = service.mainPid > 0;
  const tail = manager.journal
    .entries()
    .filter(({ unit, about }) => unit === service.name || about === service.name);
  const place = { hostname: manager.hostname, bootId: manager.bootId };
  return [
    `${running ? '●' : service.active === 'failed' ? '×' : '○'} ${service.name} - ${settings.description}`,
    `     Loaded: ${found.loadState} (${found.fragmentPath}; ${found.unitFileState})`,
    `     Active: ${service.active} (${service.sub})${result}${ago}`,
    ...(running
      ? [`   Main PID: ${service.mainPid} (${settings.execStart[0]?.path.split('/').at(-1)})`]
      : []),
    ...(main.exitUs > 0 && !running ? [`    Process: ${main.pid} (status=${main.status})`] : []),
    '',
    ...(lines > 0 ? tail.slice(-lines).map((entry) => formatEntry(entry, { format: 'short', place })) : []),
    '',
  ].join('\n');
}

function age(manager: Manager, sinceUs: number): string {
  const seconds = Math.max(0, Math.round(manager.clock.wallMs() / 1000 - sinceUs / 1e6));
  return formatTimespan(seconds * 1e6) === '0' ? '0s' : formatTimespan(seconds * 1e6);
}
