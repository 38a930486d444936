// The sandbox's supervisor: brings it up for the process that started it, and goes when that one goes.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serveControl } from '../control.ts';
import type { SandboxOptions } from '../options.ts';
import { registerSandbox } from '../registry.ts';
import type { SupervisorWord } from '../up.ts';
import { bringUp } from './bringup.ts';
import { planSandbox } from './plan.ts';
import { createTrace } from './trace.ts';
import { startWatchdog } from './watchdog.ts';

function say(word: SupervisorWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

// Whatever ends this process, the watchdog clears up behind it: there is one way down, and it is always the same.
function end(code: number): never {
  if (code === 0) say({ word: 'down' });
  process.exit(code);
}

function fail(error: unknown, asked: 'impossible' | 'possible' = 'possible'): never {
  const text = error instanceof Error ? error.message : String(error);
  if (process.env.KHA_SANDBOX_TRACE) console.error(error);
  say({ word: 'failed', reason: text, asked });
  return end(1);
}

async function supervise(options: SandboxOptions): Promise<void> {
  const trace = createTrace();
  trace('supervisor loaded');
  const id = randomBytes(4).toString('hex');
  const watchdog = startWatchdog(id);
  const stateDir = mkdtempSync(join(realpathSync(tmpdir()), 'kha-lab-'));
  watchdog.addPath(stateDir);
  const plan = await planSandbox({ id, stateDir, options }).catch((error) => fail(error, 'impossible'));
  await serveControl(stateDir, () => end(0));
  const places = await bringUp(plan, { guard: watchdog, trace });
  const startedAt = new Date().toISOString();
  watchdog.addPath(registerSandbox({ ...places, pid: process.pid, startedAt, lock: options.lock }));
  trace('ready');
  say({ word: 'ready', places });
}

process.umask(0o077);
process.on('uncaughtException', (error) => fail(error));
process.on('unhandledRejection', (error) => fail(error));
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0));
const orders = createInterface({ input: process.stdin });
orders.once('line', (line) => void supervise(JSON.parse(line)).catch((error) => fail(error)));
// The one who started us is gone, or wants us gone.
orders.once('close', () => end(0));
