// A shell in a real pseudo-terminal, its screen kept by a terminal emulator.
import { write } from 'node:fs';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface Shell {
  readonly pid: number;
  type(text: string): void;
  /**
   * As `type`, for more than a program may have read before it writes: `type` waits for room and reads nothing meanwhile,
   * so that both would wait for ever.
   */
  pour(text: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** What is on the screen now. */
  screen(): Promise<string>;
  /** Waits until the screen says it. */
  until(content: string | RegExp, withinMs?: number): Promise<string>;
  bytes(): string;
  isAlternate(): boolean;
  close(): void;
}

export interface ShellWish {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** An interactive `sh` with job control; its prompt is `ready> `. */
export function openShell({ columns = 80, rows = 24, env = {} }: ShellWish = {}): Shell {
  const { CI: _, NO_COLOR: __, ...inherited } = process.env;
  const child = pty.spawn('bash', ['--norc', '--noprofile', '-i'], {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: { ...inherited, CI: 'false', NODE_ENV: 'production', LANG: 'C.UTF-8', PS1: 'ready> ', ...env },
  });
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let written = '';
  child.onData((data) => {
    written += data;
    terminal.write(data);
  });
  const screen = () =>
    new Promise<string>((resolve) => {
      terminal.write('', () => {
        const buffer = terminal.buffer.active;
        const lines = Array.from(
          { length: terminal.rows },
          (_row, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '',
        );
        resolve(lines.join('\n').trimEnd());
      });
    });
  return {
    pid: child.pid,
    type: (text) => child.write(text),
    pour: (text) => writeAll((child as unknown as { readonly fd: number }).fd, Buffer.from(text)),
    resize(cols, newRows) {
      terminal.resize(cols, newRows);
      child.resize(cols, newRows);
    },
    screen,
    async until(content, withinMs = 20_000) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const now = await screen();
        if (typeof content === 'string' ? now.includes(content) : content.test(now)) return now;
        if (Date.now() > deadline) throw new Error(`not on the screen: ${content}\n${now}`);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
    bytes: () => written,
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    close: () => child.kill('SIGKILL'),
  };
}

/** Off this thread, which goes on reading. */
async function writeAll(fd: number, bytes: Buffer): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    from += await new Promise<number>((resolve, reject) =>
      write(fd, bytes, from, Math.min(4096, bytes.length - from), null, (error, written) => {
        if (error === null) resolve(written);
        // No room yet: tried again a moment later.
        else if (error.code === 'EAGAIN') setTimeout(() => resolve(0), 5);
        else reject(error);
      }),
    );
  }
}
