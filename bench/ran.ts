// The program run to its end without screens: how long it takes, its processor time, and its memory at its highest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cli, environment } from './places.ts';
import { highestRss, processorSeconds } from './processes.ts';

export interface Ran {
  /** Resident memory at its highest, bytes. */
  readonly peak: number;
  readonly seconds: number;
  /** Processor time, seconds; what it took in its last tenth of a second is not in it. */
  readonly processor: number;
}

/** @throws Error when it ends with anything but 0. */
export async function ran(home: string, argv: readonly string[]): Promise<Ran> {
  const began = performance.now();
  const child = spawn(process.execPath, [cli(), ...argv], {
    env: environment(home),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  let processor = 0;
  const sampling = setInterval(() => {
    const pid = child.pid ?? 0;
    peak = Math.max(peak, highestRss(pid));
    processor = Math.max(processor, processorSeconds([pid]));
  }, 100);
  const [code] = await once(child, 'exit');
  clearInterval(sampling);
  if (code !== 0) throw new Error(`kha-lab ${argv.join(' ')} ended with ${code}`);
  return { peak, processor, seconds: (performance.now() - began) / 1000 };
}
