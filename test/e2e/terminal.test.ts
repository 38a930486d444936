// The terminal is given back as it was, whatever ends the screens: held in a real pseudo-terminal under a real shell.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from './drivers/poll.ts';
import { openShell, type Shell } from './pty.ts';

/** React's developer tools, which Ink only wants with DEV set, are not installed. */
const leaveOut: Plugin = {
  name: 'leave-out',
  setup(plugin) {
    plugin.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    plugin.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'export default {}' }));
  },
};

const shells: Shell[] = [];
let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kha-screens-'));
  program = join(folder, 'program.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'terminal-program.tsx')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [leaveOut],
    banner: { js: `import { createRequire as r } from 'node:module'; const require = r(import.meta.url);` },
  });
});
afterEach(() => {
  for (const shell of shells.splice(0)) shell.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The screens are open, started by a shell that waits for them. */
async function started(args = ''): Promise<Shell> {
  const shell = openShell();
  shells.push(shell);
  await shell.until('ready>');
  shell.type(`node ${program} ${args}; echo "exit $?"\r`);
  await shell.until('Stop the scheduler on the leader');
  expect(shell.isAlternate()).toBe(true);
  return shell;
}

/** Main screen, cursor shown, cooked mode with echo, paste marks off, scrollback untouched. */
async function expectGivenBack(shell: Shell): Promise<void> {
  shell.type(
    'stty -a | tr ";" "\\n" | grep -E -o -w -- "-?(icanon|echo|isig)" | tr "\\n" " "; echo "modes"\r',
  );
  const text = await shell.until(/^.*icanon.*modes$/m);
  expect(text).toMatch(/isig icanon echo modes/);
  expect(shell.isAlternate()).toBe(false);
  expect(shell.bytes().lastIndexOf('\x1b[?25h')).toBeGreaterThan(shell.bytes().lastIndexOf('\x1b[?25l'));
  expect(shell.bytes().lastIndexOf('\x1b[?1049l')).toBeGreaterThan(shell.bytes().lastIndexOf('\x1b[?1049h'));
  expect(shell.bytes()).not.toContain('\x1b[3J');
}

test('q leaves: what was opened is put back first, then the terminal', async () => {
  const shell = await started();
  shell.type('q');
  const text = await shell.until('exit 0');
  expect(text).toContain('left: quit');
  await expectGivenBack(shell);
});

test('ctrl+c leaves; a second one hurries what is being put back', async () => {
  const shell = await started('slow');
  shell.type('\x03');
  await shell.until('ctrl+c once more stops the waiting');
  shell.type('\x03');
  const text = await shell.until('exit 0');
  expect(text).toContain('left: interrupt');
  await expectGivenBack(shell);
});

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('%s from outside ends it the same way', async (signal) => {
  const shell = await started();
  shell.type('');
  process.kill(await pidOf(shell), signal);
  const text = await shell.until('exit 0');
  expect(text).toContain(`left: ${signal}`);
  await expectGivenBack(shell);
});

test('a throw nobody catches: terminal back, everything put back, then the error', async () => {
  const shell = await started();
  shell.type('n');
  const text = await shell.until('exit 70');
  expect(text).toMatch(/leave\(crash\)[\s\S]*failed: thrown from a timer/);
  await expectGivenBack(shell);
});

test('a rejection nobody waits for ends the same way', async () => {
  const shell = await started();
  shell.type('b');
  const text = await shell.until('exit 70');
  expect(text).toContain('failed: nobody waits for this');
  await expectGivenBack(shell);
});

test('ctrl+z gives the terminal to the shell, fg draws everything anew', async () => {
  const shell = await started();
  shell.type('\x1a');
  await shell.until('Stopped');
  await expectGivenBack(shell);
  shell.type('fg\r');
  await shell.until('Stop the scheduler on the leader');
  await shell.until('ctrl+c leave');
  expect(shell.isAlternate()).toBe(true);
  shell.type('q');
  await shell.until('left: quit');
  await expectGivenBack(shell);
});

test('a window made smaller and larger shows the whole screen each time, and never clears the scrollback', async () => {
  const shell = await started();
  shell.resize(60, 15);
  await shell.until(/^ kha-lab +2\/3/m);
  expect((await shell.until('enter')).split('\n').length).toBeLessThanOrEqual(15);
  shell.resize(40, 8);
  await shell.until('This window is 40x8');
  shell.resize(140, 45);
  const text = await shell.until('scheduler ★ leader   controller-manager ★ leader');
  expect(text.split('\n').filter((row) => row.includes('kha-lab'))).toHaveLength(1);
  expect(shell.bytes()).not.toContain('\x1b[3J');
});

test('a terminal that says it is light gets the colours for that; T changes them back', async () => {
  const shell = openShell({ env: { FORCE_COLOR: '1' } });
  shells.push(shell);
  await shell.until('ready>');
  shell.type(`node ${program}; echo "exit $?"\r`);
  await shell.until('Stop the scheduler on the leader');
  expect(shell.bytes()).toContain('\x1b]11;?\x07');
  // Commands are cyan on a dark background and blue on a light one.
  const drawn = (colour: number, times = 1) =>
    until(`colour ${colour}`, () => shell.bytes().split(`\x1b[${colour}msudo -n systemctl`).length > times);
  await drawn(36);
  shell.type('\x1b]11;rgb:ffff/ffff/ffff\x1b\\');
  await drawn(34);
  shell.type('T');
  await drawn(36, 2);
  shell.type('q');
  await shell.until('exit 0');
  await expectGivenBack(shell);
});

test('keys that come in one read all count; a split arrow does nothing', async () => {
  const shell = await started();
  shell.type('gh');
  await shell.until('▸ about 2 s');
  shell.type('\x1b');
  await shell.until('· about 2 s');
  shell.type('\x1b');
  shell.type('[A');
  shell.type('?');
  await shell.until('Keys that work now');
});

test('with a screen reader: appended text on the main screen, the same keys, cooked mode again at the end', async () => {
  const shell = openShell({ rows: 60, env: { INK_SCREEN_READER: 'true' } });
  shells.push(shell);
  await shell.until('ready>');
  shell.type(`node ${program}; echo "exit $?"\r`);
  await shell.until('Step 2 of 3: Stop the scheduler on the leader');
  expect(shell.isAlternate()).toBe(false);
  shell.type('g');
  await shell.until('4 13 to 24 s');
  shell.type('\x1bh');
  await shell.until('Hint: Guess first; most are wrong.');
  shell.type('q');
  await shell.until('exit 0');
  expect(shell.bytes()).not.toMatch(/\x1b\[(\d*[ABJ]|2K|\?1049h)/);
  shell.type('stty -a | grep -o -w -- "-icanon" ; echo "modes"\r');
  expect(await shell.until(/^modes$/m)).not.toMatch(/^-icanon$/m);
});

test('without a terminal, or under CI, no screen is opened', async () => {
  const shell = openShell();
  shells.push(shell);
  await shell.until('ready>');
  shell.type(`CI=true node ${program}; echo "exit $?"\r`);
  expect(await shell.until('exit 70')).toContain('failed: CI is set');
  shell.type(`clear; node ${program} < /dev/null; echo "exit $?"\r`);
  await shell.until(/failed: There is no terminal here\.\s+exit 70/);
});

/** The program's own process: the newest child of the shell. */
async function pidOf(shell: Shell): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const children = await readFile(`/proc/${shell.pid}/task/${shell.pid}/children`, 'utf8');
  return Number(children.trim().split(' ').at(-1));
}
