// A master's service manager: knows its units, starts and stops them, and makes transient ones.
import { randomUUID } from 'node:crypto';
import { settingsOf } from '../../model/unitfile.ts';
import { type MasterClock, masterClock } from '../clock/clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Guard } from './guard.ts';
import { Refusal } from './refusal.ts';
import { Service } from './service.ts';
import { readSettings } from './settings.ts';
import { Timer } from './timer.ts';
import { renderTransient, type TransientOrder } from './transient.ts';
import { UnitFiles } from './unit-files.ts';

export interface ManagerOptions {
  readonly hostname: string;
  /** The master's root folder: unit files below it, and every unit's working directory. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly journal: Journal;
  /** Left out: this machine's own. */
  readonly clock?: MasterClock;
  readonly guard: Guard;
}

export class Manager {
  readonly files: UnitFiles;
  readonly journal: Journal;
  readonly hostname: string;
  /** Stands for one boot of the master, as in its journal. */
  readonly bootId = randomUUID().replaceAll('-', '');
  readonly clock: MasterClock;
  readonly #options: ManagerOptions;
  readonly #services = new Map<string, Service>();
  readonly #timers = new Map<string, Timer>();
  readonly #listeners: ((name: string) => void)[] = [];

  constructor(options: ManagerOptions) {
    this.#options = options;
    this.journal = options.journal;
    this.hostname = options.hostname;
    this.clock = options.clock ?? masterClock(null);
    this.files = new UnitFiles(options.root);
  }

  /** The service of that name, also when it has no file: its load state says so then. */
  service(name: string): Service {
    const known = this.#services.get(name);
    if (known) return known;
    const found = this.files.find(name);
    const settings = readSettings(name, found.unit);
    const service: Service = new Service(
      name,
      { found, settings },
      {
        cwd: this.#options.root,
        env: this.#options.env,
        journal: this.journal,
        clock: this.clock,
        guard: this.#options.guard,
        onChange: () => {
          this.#forgetWhenOver(service);
          for (const listener of this.#listeners) listener(name);
        },
      },
    );
    if (found.loadState !== 'not-found') this.#services.set(name, service);
    return service;
  }

  /** Calls `listener` with a service's name after every change of its state. */
  onChange(listener: (name: string) => void): void {
    this.#listeners.push(listener);
  }

  timer(name: string): Timer | undefined {
    return this.#timers.get(name);
  }

  timers(): Timer[] {
    return [...this.#timers.values()];
  }

  /** All services that have a file or run. */
  services(): Service[] {
    const names = this.files.names().filter((name) => name.endsWith('.service'));
    return [...new Set([...names, ...this.#services.keys()])].sort().map((name) => this.service(name));
  }

  async start(name: string): Promise<void> {
    const service = this.service(name);
    const { loadState } = service.found;
    if (loadState === 'not-found') throw new Refusal(`Failed to start ${name}: Unit ${name} not found.`, 5);
    if (loadState === 'masked') throw new Refusal(`Failed to start ${name}: Unit ${name} is masked.`);
    await service.start();
    if (service.active === 'failed' || (service.sub === 'auto-restart' && service.settings.type === 'notify'))
      throw new Refusal(
        `Job for ${name} failed.\nSee "systemctl status ${name}" and "journalctl -xeu ${name}" for details.`,
      );
  }

  async stop(name: string): Promise<void> {
    const timer = this.#timers.get(name);
    if (timer) return this.#dropTimer(timer);
    const service = this.service(name);
    if (service.found.loadState === 'not-found')
      throw new Refusal(`Failed to stop ${name}: Unit ${name} not loaded.`, 5);
    await service.stop();
  }

  /** Reads all unit files again. */
  reload(): void {
    for (const service of this.#services.values()) {
      service.found = this.files.find(service.name);
      if (service.found.loadState === 'loaded')
        service.settings = readSettings(service.name, service.found.unit);
      if (service.found.loadState === 'not-found' && !service.isUp) this.#services.delete(service.name);
    }
  }

  /** Whether its files say something else than what was read of them. */
  isStale({ name, found }: Service): boolean {
    const now = this.files.find(name);
    return found.loadState !== 'not-found' && JSON.stringify(now.unit) !== JSON.stringify(found.unit);
  }

  /** Makes a transient service, started now or by a transient timer of the same name. Refuses a name in use, as systemd does. */
  async runTransient(order: TransientOrder): Promise<void> {
    const service = `${order.name}.service`;
    const timer = `${order.name}.timer`;
    for (const [name, what] of [
      [timer, 'timer'],
      [service, 'service'],
    ] as const) {
      if (what === 'timer' && order.onActiveUs === null) continue;
      if (!this.#isTaken(name)) continue;
      throw new Refusal(
        `Failed to start transient ${what} unit: Unit ${name} was already loaded or has a fragment file.`,
      );
    }
    this.files.writeTransient(service, renderTransient(order));
    if (order.onActiveUs === null) return this.start(service);
    const { description, onActiveUs, accuracyUs } = order;
    const { clock } = this;
    const made = new Timer({ name: timer, description, unit: service, onActiveUs, accuracyUs, clock });
    this.#timers.set(timer, made);
    this.#say(timer, `Started ${description}.`);
    made.start(() => {
      this.#timers.delete(timer);
      void this.start(service).catch(() => undefined);
    });
  }

  /** The master loses its power and gets it back: what is enabled starts again, `clear` empties what a reboot clears. */
  async powerCycle(clear: () => void): Promise<void> {
    for (const timer of this.#timers.values()) timer.stop();
    this.#timers.clear();
    for (const service of this.#services.values()) {
      service.settings = { ...service.settings, restart: 'no', killSignal: 'SIGKILL' };
      await service.stop();
    }
    this.#services.clear();
    clear();
    this.files.clearTransient();
    const enabled = this.services().filter(({ found }) => found.unitFileState === 'enabled');
    await Promise.all(enabled.map(({ name }) => this.start(name).catch(() => undefined)));
  }

  #dropTimer(timer: Timer): void {
    timer.stop();
    this.#timers.delete(timer.name);
    this.files.removeTransient(timer.unit);
    this.#services.delete(timer.unit);
    this.#say(timer.name, `${timer.name}: Deactivated successfully.`);
    this.#say(timer.name, `Stopped ${timer.description}.`);
  }

  #isTaken(name: string): boolean {
    return (
      this.#timers.has(name) || this.#services.has(name) || this.files.find(name).loadState !== 'not-found'
    );
  }

  // A transient unit that has done its work is gone; one that failed stays until `reset-failed`, unless it was
  // made with --collect.
  #forgetWhenOver(service: Service): void {
    if (service.found.unitFileState !== 'transient') return;
    const collect = settingsOf(service.found.unit, 'Unit', 'CollectMode').at(-1) === 'inactive-or-failed';
    if (service.active !== 'inactive' && !(service.active === 'failed' && collect)) return;
    this.#services.delete(service.name);
    this.files.removeTransient(service.name);
  }

  #say(about: string, message: string): void {
    this.journal.write({ unit: 'init.scope', about, pid: 1, identifier: 'systemd', priority: 6, message });
  }
}
