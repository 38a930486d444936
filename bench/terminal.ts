// A program in a real pseudo-terminal, with a terminal emulator that keeps its screen.
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { treeOf } from './processes.ts';

export interface TerminalProgram {
  readonly pid: number;
  /** Milliseconds from the start until the screen said it, or was as asked. Rejects when the program ends before. */
  until(content: string | ((screen: string) => boolean)): Promise<number>;
  screen(): string;
  /** Frames: what was drawn as one synchronized update. */
  frames(): number;
  type(text: string): void;
  /** Milliseconds from the start to its end. */
  readonly ended: Promise<number>;
  /** Ends it as a power cut would, and waits until it has ended. */
  kill(): Promise<void>;
}

export interface TerminalWish {
  /** This Node when left out. */
  readonly program?: string;
  readonly argv: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly columns: number;
  readonly rows: number;
}

const frameEnd = '\x1b[?2026l';

export function inTerminal(wish: TerminalWish): TerminalProgram {
  const { program = process.execPath, argv, env, cwd, columns, rows } = wish;
  const started = performance.now();
  const options = { cols: columns, rows, name: 'xterm-256color', env, cwd };
  const child = pty.spawn(program, [...argv], options);
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const listeners = new Set<() => void>();
  let frames = 0;
  let running = true;
  child.onData((data) => {
    frames += data.split(frameEnd).length - 1;
    terminal.write(data, () => {
      for (const listener of listeners) listener();
    });
  });
  const screen = () => {
    const { active } = terminal.buffer;
    const line = (row: number) => active.getLine(active.baseY + row)?.translateToString(true) ?? '';
    return Array.from({ length: rows }, (_, row) => line(row)).join('\n');
  };
  const ended = new Promise<number>((resolve) =>
    child.onExit(() => {
      running = false;
      resolve(performance.now() - started);
    }),
  );
  return {
    pid: child.pid,
    screen,
    frames: () => frames,
    type: (text) => child.write(text),
    ended,
    until: (content) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const now = screen();
          if (!(typeof content === 'string' ? now.includes(content) : content(now))) return;
          listeners.delete(look);
          resolve(performance.now() - started);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`ended before its screen said ${content}:\n${screen()}`)));
        look();
      }),
    async kill() {
      // What it began may have a session of its own, and would follow a log that is gone for ever.
      const began = running ? treeOf(child.pid).slice(1) : [];
      child.kill('SIGKILL');
      for (const pid of began)
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It ended with it.
        }
      await ended;
    },
  };
}
