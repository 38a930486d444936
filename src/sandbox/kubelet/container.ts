// The one program that any container here is: it says that it runs, and ends with its kubelet.
import { type ChildProcess, spawn } from 'node:child_process';

// Ours, whatever a Pod asks for: it waits on its standard input, which the kubelet holds and never writes to.
const script = 'read -r nothing';

/**
 * @param name shown among the words of its process, for whoever looks for it
 * @param ended called once, unless it was ended from here
 */
export function startContainer(
  name: string,
  ended: () => void,
): { readonly pid: number | undefined; end(): void } {
  const child: ChildProcess = spawn('/bin/sh', ['-c', script, name], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
  });
  let over = false;
  const once = () => {
    if (!over) ended();
    over = true;
  };
  child.once('exit', once).once('error', once);
  child.stdin?.on('error', () => undefined);
  return {
    pid: child.pid,
    end: () => {
      over = true;
      child.kill('SIGKILL');
    },
  };
}
