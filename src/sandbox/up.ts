// Starts a sandbox for this process: it lives no longer than we do, and `down` leaves nothing of it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { exits, KhaError } from '../model/failure.ts';
import type { SandboxOptions, SandboxPlaces } from './options.ts';
import { programFile } from './programs.ts';

export { listSandboxes, stopSandbox } from './registry.ts';

export interface Sandbox extends SandboxPlaces {
  /** From the call to two masters that answer and two leaders, milliseconds. */
  readonly readyMs: number;
  /** Settles when the sandbox is gone. `asked`: by `down`, here or from elsewhere. */
  readonly ended: Promise<SandboxEnd>;
  /** Ends it; resolves when no process and no file of it is left. Idempotent. */
  down(): Promise<void>;
}

export interface SandboxEnd {
  readonly asked: boolean;
  readonly reason: string;
}

/** What the supervisor says on its standard output, a line each. */
export type SupervisorWord =
  | { readonly word: 'ready'; readonly places: SandboxPlaces }
  | { readonly word: 'failed'; readonly reason: string; readonly asked: 'impossible' | 'possible' }
  | { readonly word: 'down' };

/** @throws KhaError `sandbox-failed` when it does not come up: exit 2 for what cannot be asked for, else 70. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const startedMs = performance.now();
  // A session of its own: Ctrl-C at the terminal is ours to answer, and the sandbox must stand while we restore.
  const child = spawn(process.execPath, [programFile('supervisor')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4_000);
    if (process.env.KHA_SANDBOX_TRACE) process.stderr.write(text);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(options)}\n`);
  let asked = false;
  let reason = '';
  let impossible = false;
  // The watchdog holds the output open until everything is cleared away: this is the end of all of it.
  const ended = new Promise<SandboxEnd>((resolve) => {
    child.once('error', (error) => resolve({ asked: false, reason: error.message }));
    child.once('close', (code, signal) => {
      resolve({ asked, reason: asked ? '' : reason || stderr.trim() || `it ended with ${signal ?? code}` });
    });
  });
  const ready = new Promise<SandboxPlaces | null>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said: SupervisorWord = JSON.parse(line);
      if (said.word === 'ready') resolve(said.places);
      else if (said.word === 'failed') {
        reason = said.reason;
        impossible = said.asked === 'impossible';
      } else asked = true;
    });
    void ended.then(() => resolve(null));
  });
  const places = await ready;
  if (!places) throw failed((await ended).reason, impossible);
  const readyMs = performance.now() - startedMs;
  const down = async () => {
    asked = true;
    child.stdin.end();
    await ended;
  };
  return { ...places, readyMs, ended, down };
}

function failed(reason: string, impossible: boolean): KhaError {
  return new KhaError({
    code: 'sandbox-failed',
    exit: impossible ? exits.usage : exits.bug,
    message: `The sandbox did not come up: ${reason}.`,
    tryThis: impossible
      ? 'Ask for what there is; without --bin-dir the sandbox runs its own programs.'
      : 'Try again with KHA_SANDBOX_TRACE=1 to see how far it comes.',
  });
}
