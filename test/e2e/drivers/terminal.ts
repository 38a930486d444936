// A person at a terminal: sees the screen, presses keys, the shown ones alone where it is asked for.
import { afterAll, expect } from 'vitest';
import { openShell, type Shell } from '../pty.ts';
import type { Home } from './home.ts';
import { cliFile, environmentOf } from './program.ts';

export interface TerminalWish {
  readonly columns?: number;
  readonly rows?: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const keys: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  space: ' ',
  'ctrl+c': '\x03',
  'ctrl+z': '\x1a',
  '→': '\x1b[C',
  '←': '\x1b[D',
  PgDn: '\x1b[6~',
};

/** Long enough for a busy machine, and for the longest wait of the lab. */
const patienceMs = 60_000;

export class Terminal {
  readonly #shell: Shell;
  readonly #ended = /exit (\d+)\s*\n/;

  private constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** A shell that runs kha-lab and says how it ended. Closed after the file's last test. */
  static async run(
    home: Home,
    { columns = 80, rows = 24, args = [], env = {} }: TerminalWish = {},
  ): Promise<Terminal> {
    const inherited = Object.entries(environmentOf(home, env)).filter(([, value]) => value !== undefined);
    const shell = openShell({ columns, rows, env: { ...Object.fromEntries(inherited), KHA_CLI: cliFile() } });
    afterAll(() => shell.close());
    await shell.until('ready>');
    const words = ['node', '"$KHA_CLI"', ...args].join(' ');
    shell.type(`cd ${home.work} && ${words}; echo "exit $?"\r`);
    return new Terminal(shell);
  }

  get pid(): number {
    return this.#shell.pid;
  }

  /** What is on the screen now. */
  screen(): Promise<string> {
    return this.#shell.screen();
  }

  /** Waits until the screen says it. */
  sees(content: string | RegExp, withinMs = patienceMs): Promise<string> {
    return this.#shell.until(content, withinMs);
  }

  /** Presses a key by its name, whatever is shown. */
  press(name: string): this {
    this.#shell.type(keys[name] ?? name);
    return this;
  }

  types(text: string): this {
    this.#shell.type(text);
    return this;
  }

  /** Types more than the program may have read before it writes. */
  async pours(text: string): Promise<this> {
    await this.#shell.pour(text);
    return this;
  }

  resize(columns: number, rows: number): this {
    this.#shell.resize(columns, rows);
    return this;
  }

  /** Presses a key once the last line offers it with these words: what a newcomer can know. */
  async takes(offer: string, withinMs = patienceMs): Promise<this> {
    await this.sees(new RegExp(`^.* ${escaped(offer)}(   .*)?$(?!\\n)`, 'm'), withinMs);
    return this.press(offer.split(' ')[0] ?? '');
  }

  /** The last line: the keys that work now. */
  async offers(): Promise<string> {
    return (await this.screen()).split('\n').at(-1)?.trim() ?? '';
  }

  isAlternate(): boolean {
    return this.#shell.isAlternate();
  }

  bytes(): string {
    return this.#shell.bytes();
  }

  /** Waits until the program has ended; what it left on the screen. */
  async ends(code: number, withinMs = patienceMs): Promise<string> {
    const text = await this.sees(this.#ended, withinMs);
    expect(this.#ended.exec(text)?.[1], text).toBe(String(code));
    return text;
  }

  /** Main screen, cursor on, cooked mode with echo, scrollback never cleared. */
  async isGivenBack(): Promise<void> {
    this.#shell.type(
      'stty -a | tr ";" "\\n" | grep -E -o -w -- "-?(icanon|echo|isig)" | tr "\\n" " "; echo "modes"\r',
    );
    expect(await this.sees(/^.*icanon.*modes$/m)).toMatch(/isig icanon echo modes/);
    expect(this.isAlternate()).toBe(false);
    const bytes = this.bytes();
    expect(bytes.lastIndexOf('\x1b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\x1b[?25l'));
    expect(bytes.lastIndexOf('\x1b[?1049l')).toBeGreaterThan(bytes.lastIndexOf('\x1b[?1049h'));
    expect(bytes.includes('\x1b[3J'), 'the scrollback was cleared').toBe(false);
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
