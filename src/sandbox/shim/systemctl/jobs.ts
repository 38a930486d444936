// systemctl's words that start, stop and signal.
import { constants } from 'node:os';
import { Refusal } from '../../systemd/refusal.ts';
import type { SystemctlCall } from './systemctl.ts';

export function startUnits(call: SystemctlCall): Promise<number> {
  return eachJob(call, (name) => call.manager.start(name));
}

export function stopUnits(call: SystemctlCall): Promise<number> {
  return eachJob(call, (name) => call.manager.stop(name));
}

export function restartUnits(call: SystemctlCall): Promise<number> {
  return eachJob(call, async (name) => {
    const { active, isUp } = call.manager.service(name);
    if (call.flags.verb === 'try-restart' && !isUp) return;
    if (active !== 'inactive' && active !== 'failed') await call.manager.stop(name);
    await call.manager.start(name);
  });
}

export function killUnits({ manager, units, flags }: SystemctlCall): number {
  const signal = signalOf(flags.signal ?? 'SIGTERM');
  const whom = (flags['kill-whom'] ?? flags['kill-who']) === 'main' ? 'main' : 'all';
  for (const name of units) {
    if (manager.service(name).found.loadState === 'not-found')
      throw new Refusal(`Failed to kill unit ${name}: Unit ${name} not loaded.`);
    if (!manager.service(name).kill(signal, whom) && whom === 'main')
      throw new Refusal(`Failed to kill unit ${name}: No main process to kill`);
  }
  return 0;
}

export function resetFailed({ manager, units }: SystemctlCall): number {
  const named = units.length > 0 ? units.map((name) => manager.service(name)) : manager.services();
  for (const service of named) {
    if (service.found.loadState === 'not-found')
      throw new Refusal(
        `Failed to reset failed state of unit ${service.name}: Unit ${service.name} not loaded.`,
      );
    service.resetFailed();
  }
  return 0;
}

// All jobs at once, as systemd queues them; the first refusal's code is the call's.
async function eachJob(call: SystemctlCall, job: (name: string) => Promise<void>): Promise<number> {
  if (call.units.length === 0) throw new Refusal('Too few arguments.');
  const jobs = call.units.map(async (name) => {
    try {
      await job(name);
      return 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      call.err(`${error.message}\n`);
      return error.exit;
    }
  });
  if (call.flags['no-block']) return 0;
  return (await Promise.all(jobs)).find((code) => code !== 0) ?? 0;
}

function signalOf(text: string): NodeJS.Signals {
  const named = Object.entries(constants.signals).find(
    ([name, number]) => name === text || name === `SIG${text}` || String(number) === text,
  );
  if (!named) throw new Refusal(`Failed to parse signal string ${text}.`);
  return named[0] as NodeJS.Signals;
}
