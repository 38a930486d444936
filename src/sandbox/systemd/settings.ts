// What a unit's assignments mean to the service manager.
import { settingsOf, type UnitFile } from '../../model/unitfile.ts';
import { wordsOf } from '../../model/unitwords.ts';
import { parseTimespan } from './timespan.ts';

export interface ExecCommand {
  readonly path: string;
  readonly argv: readonly string[];
  /** `-` before the path: its failure counts as success. */
  readonly ignoreErrors: boolean;
}

export interface ServiceSettings {
  readonly description: string;
  readonly type: 'simple' | 'notify' | 'oneshot' | 'exec';
  readonly execStart: readonly ExecCommand[];
  readonly restart: 'no' | 'on-success' | 'on-failure' | 'on-abnormal' | 'on-abort' | 'always';
  /** Microseconds, as all `…Us` here. */
  readonly restartUs: number;
  readonly timeoutStartUs: number;
  readonly timeoutStopUs: number;
  readonly killMode: 'control-group' | 'mixed' | 'process' | 'none';
  readonly killSignal: NodeJS.Signals;
  readonly startLimitBurst: number;
  readonly startLimitIntervalUs: number;
  readonly remainAfterExit: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** `journal`, `null`, or `append:FILE`. */
  readonly standardOutput: string;
  readonly standardError: string;
  readonly wantedBy: readonly string[];
}

/** The last value wins, and what is left out has systemd's own default. */
export function readSettings(name: string, unit: UnitFile): ServiceSettings {
  const values = (section: string, key: string) => settingsOf(unit, section, key);
  const last = (section: string, key: string, fallback: string) => values(section, key).at(-1) ?? fallback;
  const span = (section: string, key: string, fallback: string) => {
    const timeouts = key.startsWith('Timeout') ? last('Service', 'TimeoutSec', fallback) : fallback;
    const us = parseTimespan(last(section, key, timeouts)) ?? parseTimespan(fallback) ?? 0;
    return us === 0 && key.startsWith('Timeout') ? Number.POSITIVE_INFINITY : us;
  };
  const environment = readEnvironment(values('Service', 'Environment'));
  const known = new Map(Object.entries(environment));
  const execStart = values('Service', 'ExecStart').map((line) => readCommand(line, known));
  const standardOutput = last('Service', 'StandardOutput', 'journal');
  return {
    description: last('Unit', 'Description', name),
    type: oneOf(last('Service', 'Type', 'simple'), ['simple', 'notify', 'oneshot', 'exec']),
    execStart,
    restart: oneOf(last('Service', 'Restart', 'no'), [
      'no',
      'on-success',
      'on-failure',
      'on-abnormal',
      'on-abort',
      'always',
    ]),
    restartUs: span('Service', 'RestartSec', '100ms'),
    timeoutStartUs: span('Service', 'TimeoutStartSec', '90s'),
    timeoutStopUs: span('Service', 'TimeoutStopSec', '90s'),
    killMode: oneOf(last('Service', 'KillMode', 'control-group'), [
      'control-group',
      'mixed',
      'process',
      'none',
    ]),
    killSignal: last('Service', 'KillSignal', 'SIGTERM') as NodeJS.Signals,
    startLimitBurst: Number(last('Unit', 'StartLimitBurst', '5')),
    startLimitIntervalUs: span('Unit', 'StartLimitIntervalSec', '10s'),
    remainAfterExit: isYes(last('Service', 'RemainAfterExit', 'no')),
    environment,
    standardOutput,
    standardError: last('Service', 'StandardError', standardOutput),
    wantedBy: values('Install', 'WantedBy').flatMap((line) => wordsOf(line)),
  };
}

function readCommand(line: string, environment: ReadonlyMap<string, string>): ExecCommand {
  const [first = '', ...rest] = wordsOf(line, environment);
  const prefix = /^[-@:+!|]*/.exec(first)?.[0] ?? '';
  const path = first.slice(prefix.length);
  return { path, argv: [path, ...rest], ignoreErrors: prefix.includes('-') };
}

function readEnvironment(lines: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const word of lines.flatMap((line) => wordsOf(line))) {
    const equals = word.indexOf('=');
    if (equals > 0) found[word.slice(0, equals)] = word.slice(equals + 1);
  }
  return found;
}

function oneOf<T extends string>(value: string, allowed: readonly [T, ...T[]]): T {
  return allowed.find((one) => one === value) ?? allowed[0];
}

function isYes(value: string): boolean {
  return ['yes', 'true', '1', 'on'].includes(value.toLowerCase());
}
