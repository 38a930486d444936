// A direct-tcpip channel to one of the sandbox's own loopback ports.
import { connect, type Socket } from 'node:net';
import type { ServerChannel } from 'ssh2';

export interface Way {
  /** On 127.0.0.1. */
  readonly port: number;
  /** The address the client says it has: one on loopback is kept where this machine has it, so that clients can be told apart. */
  readonly from: string;
}

export function serveTunnel({ port, from }: Way, accept: () => ServerChannel): void {
  const channel = accept();
  let socket: Socket | null = null;
  channel.on('error', () => socket?.destroy());
  channel.on('close', () => socket?.destroy());
  const open = (localAddress?: string) => {
    const opened = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      ...(localAddress !== undefined && { localAddress }),
    });
    socket = opened;
    opened.on('error', (error: NodeJS.ErrnoException) => {
      // Only Linux has all of 127.0.0.0/8 without being asked.
      if (error.code === 'EADDRNOTAVAIL' && localAddress !== undefined) open();
      else channel.close();
    });
    opened.once('connect', () => {
      opened.on('close', () => channel.close());
      opened.pipe(channel).pipe(opened);
    });
  };
  open(/^127\.\d+\.\d+\.\d+$/.test(from) && from !== '127.0.0.1' ? from : undefined);
}
