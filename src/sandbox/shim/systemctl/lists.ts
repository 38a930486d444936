// `systemctl list-units`, `list-unit-files` and `list-timers`: as columns or as JSON.
import type { Manager } from '../../systemd/manager.ts';
import type { SystemctlCall } from './systemctl.ts';
import { formatTimestamp } from './timestamps.ts';

type Row = Record<string, string | number>;

export function listUnits(call: SystemctlCall): number {
  const rows: Row[] = [];
  for (const service of call.manager.services()) {
    if (!call.flags.all && !call.flags.state && service.active === 'inactive') continue;
    const { name: unit, active, sub } = service;
    rows.push({
      unit,
      load: service.found.loadState,
      active,
      sub,
      description: service.settings.description,
    });
  }
  for (const timer of call.manager.timers())
    rows.push({
      unit: timer.name,
      load: 'loaded',
      active: 'active',
      sub: 'waiting',
      description: timer.description,
    });
  const states = call.flags.state?.split(',');
  return print(
    call,
    rows.filter(
      ({ load, active, sub }) => !states || [load, active, sub].some((one) => states.includes(`${one}`)),
    ),
  );
}

export function listUnitFiles(call: SystemctlCall): number {
  const rows = fileNames(call.manager).map((unit_file): Row => {
    const state = call.manager.files.find(unit_file).unitFileState;
    return { unit_file, state, preset: state.startsWith('masked') || state === 'static' ? '' : 'enabled' };
  });
  return print(
    call,
    rows.filter(({ state }) => !call.flags.state || call.flags.state.split(',').includes(`${state}`)),
  );
}

export function listTimers(call: SystemctlCall): number {
  const json = call.flags.output === 'json';
  const rows = call.manager.timers().map((timer): Row => {
    const nextUs = timer.started.realtimeUs + timer.onActiveUs;
    const leftSeconds = Math.max(0, Math.round(nextUs / 1e6 - call.manager.clock.wallMs() / 1000));
    if (json)
      return {
        next: nextUs,
        left: timer.nextMonotonicUs,
        last: 0,
        passed: 0,
        unit: timer.name,
        activates: timer.unit,
      };
    const next = formatTimestamp(nextUs, 'pretty');
    return {
      next,
      left: `${leftSeconds}s left`,
      last: '-',
      passed: '-',
      unit: timer.name,
      activates: timer.unit,
    };
  });
  return print(call, rows);
}

function fileNames(manager: Manager): string[] {
  return manager.files.names();
}

function print({ units, flags, out }: SystemctlCall, all: readonly Row[]): number {
  const type = flags.type === undefined ? null : `.${flags.type}`;
  const rows = all.filter((row) => {
    const name = `${row.unit ?? row.unit_file}`;
    return (
      (type === null || name.endsWith(type)) && (units.length === 0 || units.some((glob) => name === glob))
    );
  });
  if (flags.output === 'json') {
    out(`${JSON.stringify(rows)}\n`);
    return 0;
  }
  const keys = Object.keys(rows[0] ?? {});
  const head = Object.fromEntries(keys.map((key) => [key, key.toUpperCase().replace('_', ' ')]));
  const bare = flags['no-legend'] === true || flags.legend === 'false' || flags.legend === 'no';
  const shown = bare ? rows : [head, ...rows];
  const widths = keys.map((key) => Math.max(...shown.map((row) => `${row[key]}`.length)));
  for (const row of shown) {
    const line = keys.map((key, at) => `${row[key]}`.padEnd(widths[at] ?? 0)).join(' ');
    out(`${flags.plain || bare ? '' : '  '}${line.trimEnd()}\n`);
  }
  if (!bare) out(`\n${rows.length} listed.\n`);
  return 0;
}
