// The screens mounted with Ink onto a terminal in memory: what a person would see, and every byte that led to it.
import { EventEmitter } from 'node:events';
import type { ReadStream } from 'node:tty';
import xterm from '@xterm/headless';
import { Canvas } from '../../src/tui/canvas.ts';
import { type InputMemory, type KeyPress, nothingRead } from '../../src/tui/input.ts';
import { mountScreens } from '../../src/tui/mount.tsx';
import { Store } from '../../src/tui/store.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { type SubjectWish, subjectAt } from './subject.ts';

/** A keyboard for Ink: what is typed arrives in one read. */
export class Keyboard extends EventEmitter {
  readonly isTTY = true;
  #waiting: string[] = [];
  type(text: string): void {
    this.#waiting.push(text);
    this.emit('readable');
  }
  read(): string | null {
    return this.#waiting.shift() ?? null;
  }
  setEncoding(): void {}
  setRawMode(): void {}
  ref(): void {}
  unref(): void {}
}

export interface Mounted {
  readonly keyboard: Keyboard;
  readonly presses: KeyPress[];
  readonly bytes: () => string;
  readonly screen: () => Promise<string>;
  readonly unmount: () => void;
}

export function mounted(
  wish: SubjectWish,
  env: Record<string, string> = { LANG: 'C.UTF-8', NO_COLOR: '1' },
  memory: InputMemory = { ...nothingRead },
): Mounted {
  const columns = wish.columns ?? 80;
  const rows = wish.rows ?? 24;
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let written = '';
  const target = {
    columns,
    rows,
    write(text: string) {
      written += text;
      terminal.write(text);
      return true;
    },
  };
  const keyboard = new Keyboard();
  const presses: KeyPress[] = [];
  const feed = {
    plan: () => null,
    explanation: () => null,
    subscribe: () => () => {},
    intend: () => {},
    nowMs: () => wish.atMs,
  };
  const unmount = mountScreens({
    store: new Store(feed),
    theme: themeFor({ env }),
    canvas: new Canvas(target),
    stdin: keyboard as unknown as ReadStream,
    subject: () => subjectAt(wish),
    press: (press) => presses.push(press),
    memory,
    onFailure: (error) => {
      throw error;
    },
    tickMs: () => null,
  });
  const screen = () =>
    new Promise<string>((resolve) => {
      terminal.write('', () => {
        const lines = Array.from(
          { length: rows },
          (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '',
        );
        resolve(lines.join('\n').trimEnd());
      });
    });
  return { keyboard, presses, screen, unmount, bytes: () => written };
}
