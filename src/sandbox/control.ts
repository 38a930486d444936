// The socket in a sandbox's folder through which another process of the same user asks or ends it.
import { existsSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

export type ControlWord = 'status' | 'down';

/** `absent`: nobody is there. `silent`: somebody is, and does not answer. */
export type ControlAnswer = 'up' | 'silent' | 'absent';

const patienceMs = 1_500;

export function controlSocket(stateDir: string): string {
  return join(stateDir, 'control.sock');
}

export function serveControl(stateDir: string, onDown: () => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (chunk) => {
      socket.end('up\n');
      if (chunk.toString().trim() === 'down') onDown();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(controlSocket(stateDir), () => resolve(server));
  });
}

export function askSandbox(stateDir: string, word: ControlWord): Promise<ControlAnswer> {
  const path = controlSocket(stateDir);
  // While its folder is there, something of it is left to be cleared away.
  if (!existsSync(path)) return Promise.resolve(existsSync(stateDir) ? 'silent' : 'absent');
  return new Promise((resolve) => {
    const socket = connect(path, () => socket.write(`${word}\n`));
    const timer = setTimeout(() => end('silent'), patienceMs);
    const end = (answer: ControlAnswer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => end('up'));
    socket.once('close', () => end('absent'));
    socket.once('error', () => end('absent'));
  });
}
