// The properties `systemctl show` prints, by systemd's names and in its formats.
import type { Manager } from '../../systemd/manager.ts';
import type { Service } from '../../systemd/service.ts';
import type { ExecCommand } from '../../systemd/settings.ts';
import type { Instant } from '../../systemd/stamps.ts';
import type { Timer } from '../../systemd/timer.ts';
import { formatTimespan } from '../../systemd/timespan.ts';
import { formatTimestamp, type TimestampStyle } from './timestamps.ts';

type Properties = Record<string, string>;

export function unitProperties(manager: Manager, service: Service, style: TimestampStyle): Properties {
  const { found, settings, stamps, main } = service;
  const loaded = found.loadState !== 'not-found';
  const runtime: Properties = {
    Type: settings.type,
    Restart: settings.restart,
    RestartUSec: formatTimespan(settings.restartUs),
    TimeoutStartUSec: formatTimespan(settings.timeoutStartUs),
    TimeoutStopUSec: formatTimespan(settings.timeoutStopUs),
    RemainAfterExit: settings.remainAfterExit ? 'yes' : 'no',
    MainPID: String(service.mainPid),
    ControlPID: '0',
    Result: service.result,
    NRestarts: String(service.restarts),
    ExecMainStartTimestamp: formatTimestamp(main.startUs, style),
    ExecMainExitTimestamp: formatTimestamp(main.exitUs, style),
    ExecMainPID: String(main.pid),
    ExecMainCode: String(main.code),
    ExecMainStatus: String(main.status),
    KillMode: settings.killMode,
    StandardOutput: settings.standardOutput.split(':')[0] ?? '',
    StandardError: settings.standardError.split(':')[0] ?? '',
  };
  const commands: Properties = Object.fromEntries(
    settings.execStart.map((command) => ['ExecStart', execStart(command, service, style)]),
  );
  return {
    ...(loaded || service.isUp
      ? { ...runtime, ...commands }
      : { MainPID: '0', NRestarts: '0', Result: 'success' }),
    Id: service.name,
    Names: service.name,
    Description: loaded ? settings.description : service.name,
    LoadState: found.loadState,
    ActiveState: service.active,
    SubState: service.sub,
    FragmentPath: found.loadState === 'masked' ? '/dev/null' : found.fragmentPath,
    DropInPaths: found.dropInPaths.map((path) => manager.files.named(path)).join(' '),
    UnitFileState: found.unitFileState,
    UnitFilePreset: found.unitFileState === '' ? '' : 'enabled',
    ...instants('StateChangeTimestamp', stamps.stateChange, style),
    ...instants('InactiveExitTimestamp', stamps.inactiveExit, style),
    ...instants('ActiveEnterTimestamp', stamps.activeEnter, style),
    ...instants('ActiveExitTimestamp', stamps.activeExit, style),
    ...instants('InactiveEnterTimestamp', stamps.inactiveEnter, style),
    CanStart: loaded ? 'yes' : 'no',
    CanStop: 'yes',
    NeedDaemonReload: manager.isStale(service) ? 'yes' : 'no',
    Transient: found.unitFileState === 'transient' ? 'yes' : 'no',
  };
}

export function timerProperties(name: string, timer: Timer | undefined, style: TimestampStyle): Properties {
  const unit = timer?.unit ?? name.replace(/\.timer$/, '.service');
  const nextRealtimeUs = timer ? timer.started.realtimeUs + timer.onActiveUs : 0;
  return {
    Unit: unit,
    ...(timer && {
      TimersMonotonic: `{ OnActiveUSec=${formatTimespan(timer.onActiveUs)} ; next_elapse=${formatTimespan(timer.nextMonotonicUs)} }`,
    }),
    NextElapseUSecRealtime: '',
    NextElapseUSecMonotonic: timer ? formatTimespan(timer.nextMonotonicUs) : 'infinity',
    LastTriggerUSec: '',
    Result: 'success',
    AccuracyUSec: formatTimespan(timer?.accuracyUs ?? 60e6),
    RemainAfterElapse: timer ? 'no' : 'yes',
    Id: name,
    Names: name,
    Triggers: unit,
    Description: timer?.description ?? name,
    LoadState: timer ? 'loaded' : 'not-found',
    ActiveState: timer ? 'active' : 'inactive',
    SubState: timer ? 'waiting' : 'dead',
    UnitFileState: timer ? 'transient' : '',
    ...instants('StateChangeTimestamp', timer?.started ?? { realtimeUs: 0, monotonicUs: 0 }, style),
    ...instants('ActiveEnterTimestamp', timer?.started ?? { realtimeUs: 0, monotonicUs: 0 }, style),
    Transient: timer ? 'yes' : 'no',
    NextElapse: formatTimestamp(nextRealtimeUs, style),
  };
}

function instants(name: string, at: Instant, style: TimestampStyle): Properties {
  return { [name]: formatTimestamp(at.realtimeUs, style), [`${name}Monotonic`]: String(at.monotonicUs) };
}

function execStart(command: ExecCommand, service: Service, style: TimestampStyle): string {
  const { main } = service;
  const code = ['(null)', 'exited', 'killed'][main.code];
  const stamp = (us: number) => `[${formatTimestamp(us, style) || 'n/a'}]`;
  const parts = [
    `path=${command.path}`,
    `argv[]=${command.argv.join(' ')}`,
    `ignore_errors=${command.ignoreErrors ? 'yes' : 'no'}`,
    `start_time=${stamp(main.startUs)}`,
    `stop_time=${stamp(main.exitUs)}`,
    `pid=${main.pid}`,
    `code=${code}`,
    `status=${main.status}/${main.status === 0 ? '0' : ''}`,
  ];
  return `{ ${parts.join(' ; ')} }`;
}
