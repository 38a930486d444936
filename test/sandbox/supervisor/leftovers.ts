// What is left of a sandbox: its marked processes, its folder, its entry among those that are up.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { SandboxPlaces } from '../../../src/sandbox/options.ts';

/** Process ids that carry the sandbox's mark. Linux only: elsewhere another process's environment cannot be read. */
export function markedProcesses(id: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => environmentOf(pid).includes(`KHA_SANDBOX_ID=${id}`));
}

/** Empty when nothing is left. */
export async function leftovers(places: SandboxPlaces, ports: readonly number[]): Promise<string[]> {
  const open = await Promise.all(ports.map(async (port) => ((await isOpen(port)) ? [`port ${port}`] : [])));
  return [
    ...markedProcesses(places.id).map((pid) => `process ${pid}`),
    ...(existsSync(places.stateDir) ? [places.stateDir] : []),
    ...open.flat(),
  ];
}

/** Every port named in the sandbox's own files. */
export function portsOf({ sshConfigFile, kubeconfigFile }: SandboxPlaces): number[] {
  const texts = [sshConfigFile, kubeconfigFile].map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...texts.matchAll(/(?:Port |127\.0\.0\.1:)(\d+)/g)].map(([, port]) => Number(port));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
