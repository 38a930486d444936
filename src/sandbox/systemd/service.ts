// A service as systemd runs it: its states, its restarts, its stop with SIGTERM, SIGCONT and at last SIGKILL.
import { constants } from 'node:os';
import type { MasterClock } from '../clock/clock.ts';
import type { Journal } from '../journal/journal.ts';
import { type Guard, signalGroup, signalProcess } from './guard.ts';
import type { ServiceSettings } from './settings.ts';
import { type ExecMain, emptyStamps, instantBy, type Stamps, stamped } from './stamps.ts';
import type { FoundUnit } from './unit-files.ts';
import { type Ended, startProcess } from './unit-process.ts';

export type ActiveState = 'inactive' | 'activating' | 'active' | 'deactivating' | 'failed';
export type ServiceResult = 'success' | 'exit-code' | 'signal' | 'timeout' | 'start-limit-hit' | 'resources';

export interface ServiceSurroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly journal: Journal;
  readonly clock: MasterClock;
  readonly guard: Guard;
  /** Called after every change of state. */
  readonly onChange: () => void;
}

const cleanSignals: readonly string[] = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'];

export class Service {
  readonly name: string;
  found: FoundUnit;
  settings: ServiceSettings;
  active: ActiveState = 'inactive';
  sub = 'dead';
  result: ServiceResult = 'success';
  mainPid = 0;
  restarts = 0;
  main: ExecMain = { pid: 0, startUs: 0, exitUs: 0, code: 0, status: 0 };
  stamps: Stamps = emptyStamps;
  readonly #around: ServiceSurroundings;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;
  #recentStarts: number[] = [];
  #settled: (() => void)[] = [];

  constructor(
    name: string,
    loaded: { readonly found: FoundUnit; readonly settings: ServiceSettings },
    around: ServiceSurroundings,
  ) {
    this.name = name;
    this.found = loaded.found;
    this.settings = loaded.settings;
    this.#around = around;
  }

  get isUp(): boolean {
    return this.active === 'active' || this.active === 'activating' || this.active === 'deactivating';
  }

  /** Settles when the service is up, or has failed to come up: look at `active` then. */
  async start(): Promise<void> {
    if (this.active === 'active') return;
    if (this.active === 'deactivating') await this.#untilSettled();
    if (this.mainPid === 0) {
      clearTimeout(this.#timer);
      this.restarts = 0;
      await this.#launch();
    }
    if (this.active === 'activating') await this.#untilSettled();
  }

  /** Settles when nothing of the service runs any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.mainPid === 0) {
      if (this.isUp)
        this.#enter(
          this.result === 'success' ? 'inactive' : 'failed',
          this.result === 'success' ? 'dead' : 'failed',
        );
      return;
    }
    if (!this.#stopping) {
      this.#stopping = true;
      this.#say(`Stopping ${this.settings.description}...`);
      this.#enter('deactivating', 'stop-sigterm');
      this.#terminate();
    }
    await this.#untilSettled();
  }

  /** False when there is no process to signal. */
  kill(signal: NodeJS.Signals, whom: 'all' | 'main'): boolean {
    if (this.mainPid === 0) return false;
    return whom === 'main' ? signalProcess(this.mainPid, signal) : signalGroup(this.mainPid, signal);
  }

  resetFailed(): void {
    this.#recentStarts = [];
    this.restarts = 0;
    if (this.active !== 'failed') return;
    this.result = 'success';
    this.#enter('inactive', 'dead');
  }

  #terminate(): void {
    const { killMode, killSignal, timeoutStopUs } = this.settings;
    if (killMode !== 'none') {
      const send = killMode === 'control-group' ? signalGroup : signalProcess;
      send(this.mainPid, killSignal);
      // A frozen process would never see the signal: systemd thaws it right after, and so is it here.
      if (killSignal !== 'SIGKILL') send(this.mainPid, 'SIGCONT');
    }
    if (timeoutStopUs === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => {
      this.#say(`${this.name}: State 'stop-sigterm' timed out. Killing.`, 4);
      this.result = 'timeout';
      this.#enter('deactivating', 'stop-sigkill');
      signalGroup(this.mainPid, 'SIGKILL');
    }, timeoutStopUs / 1000);
  }

  async #launch(): Promise<void> {
    const { settings } = this;
    const command = settings.execStart[0];
    if (this.#startsTooOften() || command === undefined) {
      if (command !== undefined) this.#say(`${this.name}: Start request repeated too quickly.`, 4);
      this.#fail(command === undefined ? 'resources' : 'start-limit-hit');
      return;
    }
    this.result = 'success';
    this.#stopping = false;
    this.#enter('activating', 'start');
    try {
      const { pid, ended, ready } = await startProcess(command, {
        settings,
        cwd: this.#around.cwd,
        env: this.#around.env,
        onLine: (message) => this.#heard(message),
      });
      this.#around.guard.add(pid);
      this.mainPid = pid;
      this.main = { pid, startUs: instantBy(this.#around.clock).realtimeUs, exitUs: 0, code: 0, status: 0 };
      void ended.then((how) => this.#ended(pid, { how, ignoreErrors: command.ignoreErrors }));
      if (settings.type === 'notify') this.#awaitReady(pid, ready);
      else if (settings.type !== 'oneshot') this.#started();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(`${this.name}: Failed at step EXEC spawning ${command.path}: ${reason}`, 3);
      this.main = { ...this.main, code: 1, status: 203 };
      this.#fail('exit-code');
    }
  }

  #awaitReady(pid: number, ready: Promise<void>): void {
    void ready.then(() => {
      if (this.mainPid === pid && this.active === 'activating') this.#started();
    });
    if (this.settings.timeoutStartUs === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => {
      this.result = 'timeout';
      this.#say(`${this.name}: start operation timed out. Terminating.`, 4);
      this.#enter('deactivating', 'stop-sigterm');
      this.#terminate();
    }, this.settings.timeoutStartUs / 1000);
  }

  #started(): void {
    clearTimeout(this.#timer);
    this.#say(`Started ${this.settings.description}.`);
    this.#enter('active', 'running');
  }

  #ended(pid: number, { how, ignoreErrors }: { how: Ended; ignoreErrors: boolean }): void {
    clearTimeout(this.#timer);
    // What it left in its group goes with it, but where KillMode=process says otherwise.
    if (this.settings.killMode !== 'process' && this.settings.killMode !== 'none')
      signalGroup(pid, 'SIGKILL');
    this.#around.guard.remove(pid);
    this.mainPid = 0;
    this.main = { ...this.main, exitUs: instantBy(this.#around.clock).realtimeUs, ...exitFacts(how) };
    const clean =
      ignoreErrors || how.code === 0 || (how.signal !== null && cleanSignals.includes(how.signal));
    if (!clean) this.#say(`${this.name}: Main process exited, ${inWords(how)}`, 5);
    if (this.result === 'success' && !clean) this.result = how.signal === null ? 'exit-code' : 'signal';
    const wanted = this.#stopping;
    this.#stopping = false;
    if (!wanted && this.#restartsAfter(how, clean)) this.#restartLater();
    else if (this.result !== 'success') this.#fail(this.result);
    else this.#rest(wanted);
  }

  #rest(wanted: boolean): void {
    this.#say(wanted ? `Stopped ${this.settings.description}.` : `${this.name}: Deactivated successfully.`);
    const stays = this.settings.remainAfterExit && !wanted;
    this.#enter(stays ? 'active' : 'inactive', stays ? 'exited' : 'dead');
  }

  #restartsAfter(how: Ended, clean: boolean): boolean {
    const abnormal = this.result === 'timeout' || (how.signal !== null && !clean);
    switch (this.settings.restart) {
      case 'always':
        return true;
      case 'on-success':
        return clean;
      case 'on-failure':
        return this.result !== 'success';
      case 'on-abnormal':
        return abnormal;
      case 'on-abort':
        return abnormal && this.result !== 'timeout';
      default:
        return false;
    }
  }

  #restartLater(): void {
    if (this.result !== 'success') this.#say(`${this.name}: Failed with result '${this.result}'.`, 4);
    this.#enter('activating', 'auto-restart');
    this.#timer = setTimeout(() => {
      if (this.found.loadState === 'masked') {
        this.#say(`${this.name}: Failed to schedule restart job: Unit ${this.name} is masked.`, 4);
        this.#fail('resources');
        return;
      }
      this.restarts += 1;
      this.#say(`${this.name}: Scheduled restart job, restart counter is at ${this.restarts}.`);
      void this.#launch();
    }, this.settings.restartUs / 1000);
  }

  #startsTooOften(): boolean {
    const { startLimitBurst, startLimitIntervalUs } = this.settings;
    const now = performance.now();
    this.#recentStarts = this.#recentStarts.filter((at) => now - at < startLimitIntervalUs / 1000);
    if (startLimitIntervalUs > 0 && startLimitBurst > 0 && this.#recentStarts.length >= startLimitBurst)
      return true;
    this.#recentStarts.push(now);
    return false;
  }

  #fail(result: ServiceResult): void {
    this.result = result;
    this.#say(`${this.name}: Failed with result '${result}'.`, 4);
    this.#enter('failed', 'failed');
  }

  #enter(active: ActiveState, sub: string): void {
    this.stamps = stamped(this.stamps, { from: this.active, to: active }, this.#around.clock);
    this.active = active;
    this.sub = sub;
    this.#around.onChange();
    if (active === 'activating' || active === 'deactivating') return;
    for (const settle of this.#settled.splice(0)) settle();
  }

  #untilSettled(): Promise<void> {
    return new Promise((resolve) => this.#settled.push(resolve));
  }

  #heard(message: string): void {
    const identifier = this.settings.execStart[0]?.path.split('/').at(-1) ?? this.name;
    this.#around.journal.write({ unit: this.name, pid: this.main.pid, identifier, priority: 6, message });
  }

  #say(message: string, priority = 6): void {
    this.#around.journal.write({
      unit: 'init.scope',
      about: this.name,
      pid: 1,
      identifier: 'systemd',
      priority,
      message,
    });
  }
}

function exitFacts(how: Ended): { readonly code: number; readonly status: number } {
  return how.signal === null
    ? { code: 1, status: how.code ?? 0 }
    : { code: 2, status: signalNumber(how.signal) };
}

function inWords(how: Ended): string {
  if (how.signal === null) return `code=exited, status=${how.code}/${how.code === 1 ? 'FAILURE' : 'n/a'}`;
  return `code=killed, status=${signalNumber(how.signal)}/${how.signal.slice(3)}`;
}

function signalNumber(signal: NodeJS.Signals): number {
  return constants.signals[signal];
}
