// Dark or light: what a terminal answers, what it must never be taken for, and the theme that follows.
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { backgroundIn } from '../../src/tui/background.ts';
import { nothingRead } from '../../src/tui/input.ts';
import { mayAskBackground, themeFor } from '../../src/tui/theme.ts';
import { mounted } from './mounted.ts';

test('an answer is dark or light by how bright it is, however many digits it has', () => {
  expect(backgroundIn('11;rgb:ffff/ffff/ffff\x07')).toBe('light');
  expect(backgroundIn('11;rgb:fdf6/e3e3/d0d0')).toBe('light');
  expect(backgroundIn('11;rgb:f/f/f')).toBe('light');
  expect(backgroundIn('11;rgba:2828/2c2c/3434/ffff')).toBe('dark');
  expect(backgroundIn('11;rgb:00/2b/36')).toBe('dark');
  expect(backgroundIn('10;rgb:ffff/ffff/ffff')).toBeNull();
  expect(backgroundIn('11;?')).toBeNull();
});

/** The presses that come of what is typed, each text in a read of its own. */
async function pressesOf(...typed: readonly string[]): Promise<readonly string[]> {
  const screens = mounted({ atMs: 15_000 }, { LANG: 'C.UTF-8' }, { ...nothingRead, asked: true });
  for (const text of typed) screens.keyboard.type(text);
  // A bracket is held until what follows says what it is, or nothing follows.
  while (screens.presses.length === 0) await later(5);
  screens.unmount();
  return screens.presses.map((press) =>
    press.sort === 'background' ? press.background : 'name' in press ? press.name : press.sort,
  );
}

test('an answer is no key, whichever way it ends and whatever was typed around it', async () => {
  expect(await pressesOf('\x1b]11;rgb:ffff/ffff/ffff\x07')).toEqual(['light']);
  expect(await pressesOf('\x1b]11;rgb:0000/0000/0000\x1b\\')).toEqual(['dark']);
  expect(await pressesOf('j', '\x1b]11;rgb:ffff/ffff/ffff\x1b\\', 'g')).toEqual(['j', 'light', 'g']);
});

test('a bracket typed where an answer is awaited is still a key', async () => {
  expect(await pressesOf(']')).toEqual([']']);
  expect(await pressesOf(']', 'g')).toEqual([']', 'g']);
});

test('asked only where the answer would change something and nobody said it', () => {
  const asks = (choice: Parameters<typeof themeFor>[0]) => mayAskBackground(choice, themeFor(choice));
  expect(asks({ env: {} })).toBe(true);
  expect(asks({ env: { COLORFGBG: '15;0' } })).toBe(false);
  expect(asks({ env: { KHA_LAB_THEME: 'light' } })).toBe(false);
  expect(asks({ env: {}, background: 'dark' })).toBe(false);
  expect(asks({ env: { NO_COLOR: '1' } })).toBe(false);
  expect(asks({ env: { TERM: 'linux' } })).toBe(false);
});

test('who says it is obeyed: the flag before KHA_LAB_THEME, that before COLORFGBG', () => {
  expect(themeFor({ env: { KHA_LAB_THEME: 'light', COLORFGBG: '15;0' } }).background).toBe('light');
  expect(themeFor({ env: { KHA_LAB_THEME: 'light' }, background: 'dark' }).background).toBe('dark');
  expect(themeFor({ env: {} }).background).toBe('dark');
});

test('on a light background no tone is one that white swallows', () => {
  const { looks } = themeFor({ env: {}, background: 'light' });
  for (const { color, dimColor } of Object.values(looks)) {
    expect(['yellow', 'cyan', 'white', 'yellowBright', 'cyanBright']).not.toContain(color);
    expect(dimColor).toBeUndefined();
  }
});
