// A direct-tcpip channel to one of the sandbox's own loopback ports.
import { connect } from 'node:net';
import type { ServerChannel } from 'ssh2';

export function serveTunnel(port: number, accept: () => ServerChannel): void {
  const channel = accept();
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.on('error', () => channel.close());
  channel.on('error', () => socket.destroy());
  channel.on('close', () => socket.destroy());
  socket.on('close', () => channel.close());
  socket.pipe(channel).pipe(socket);
}
