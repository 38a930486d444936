// A recording read to its end by `replay`, without screens: how long it takes, and its memory at its highest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cli, environment } from './places.ts';
import { rss } from './processes.ts';

export async function replayed(home: string, file: string, how: string) {
  const began = performance.now();
  const child = spawn(process.execPath, [cli(), 'replay', file, how], {
    env: environment(home),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, rss(child.pid ?? 0));
  }, 100);
  const [code] = await once(child, 'exit');
  clearInterval(sampling);
  if (code !== 0) throw new Error(`replay ended with ${code}`);
  return { peak, seconds: (performance.now() - began) / 1000 };
}
