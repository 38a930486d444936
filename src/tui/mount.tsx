// Mounts the screens with Ink, as often as the terminal's size changes; nothing worth keeping lives in here.
import type { ReadStream } from 'node:tty';
import { type Key, render, useInput } from 'ink';
import { useCallback, useEffect, useReducer } from 'react';
import type { Canvas } from './canvas.ts';
import type { Subject } from './compose.ts';
import { bracketPress, type InputMemory, type KeyPress, keyPresses } from './input.ts';
import { Screen } from './screen.tsx';
import type { Store } from './store.ts';
import type { Theme } from './theme.ts';

export interface Mounting {
  readonly store: Store;
  readonly theme: Theme;
  readonly canvas: Canvas;
  readonly stdin: ReadStream;
  readonly subject: () => Subject;
  readonly press: (press: KeyPress) => void;
  readonly memory: InputMemory;
  readonly onFailure: (error: unknown) => void;
  /** How soon the picture grows old by itself, in milliseconds; null: only by news. */
  readonly tickMs: () => number | null;
  readonly onRender?: (metrics: { renderTime: number }) => void;
}

/** Draws until the returned function is called. */
export function mountScreens(mounting: Mounting): () => void {
  const { canvas, stdin, onFailure, onRender } = mounting;
  const instance = render(<Root {...mounting} />, {
    stdout: canvas as unknown as NodeJS.WriteStream,
    stdin,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
    // Whole frames, drawn when news or keys ask for it; the store holds news back to a dozen a second.
    debug: true,
    ...(onRender ? { onRender } : {}),
  });
  instance.waitUntilExit().catch(onFailure);
  return () => instance.unmount();
}

/** A terminal's answer comes in one piece, so what follows a bracket by more than this is no part of it. */
const bracketMs = 50;

function Root({ store, theme, subject, press, memory, tickMs }: Mounting) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const off = store.onChange(redraw);
    return () => {
      off();
    };
  }, [store]);
  const onInput = useCallback(
    (input: string, key: Key) => {
      for (const each of keyPresses(input, key, memory)) press(each);
      if (memory.bracket) setTimeout(() => bracketPress(memory).forEach(press), bracketMs);
    },
    [press, memory],
  );
  useInput(onInput);
  useEffect(() => {
    const ms = tickMs();
    if (ms === null) return;
    const timer = setTimeout(redraw, ms);
    return () => clearTimeout(timer);
  });
  return <Screen subject={subject()} theme={theme} />;
}
