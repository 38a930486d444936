// Answers a master's tools over the unix socket in its folder, which only this user can open.
import { createServer, type Server, type Socket } from 'node:net';
import { Refusal } from '../systemd/refusal.ts';
import type { ShimProgram } from './call.ts';
import { decodeRequest, encodeFrame, endFrame, errFrame, outFrame, type Request } from './protocol.ts';

/** Rejects when the socket cannot be made. */
export function serveShims(path: string, programs: Readonly<Record<string, ShimProgram>>): Promise<Server> {
  const server = createServer((socket) => {
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const request = decodeRequest(bytes);
      if (!request) return;
      socket.off('data', onData);
      socket.resume();
      void answer(socket, request, programs);
    };
    socket.on('data', onData);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

async function answer(
  socket: Socket,
  request: Request,
  programs: Readonly<Record<string, ShimProgram>>,
): Promise<void> {
  const [name = '', ...args] = request.words;
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  const send = (kind: number, text: string) => {
    if (!socket.destroyed) socket.write(encodeFrame(kind, text));
  };
  const err = (text: string) => send(errFrame, text);
  let code: number;
  try {
    const program = programs[name];
    if (!program) throw new Refusal(`${name}: this sandbox has no such tool`, 127);
    code = await program({
      args,
      stdin: request.stdin,
      out: (text) => send(outFrame, text),
      err,
      signal: gone.signal,
    });
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    code = error instanceof Refusal ? error.exit : 1;
  }
  send(endFrame, String(code));
  socket.end();
}
