// The way into the screens for commands: guards, the theme, one session.
import type { ReadStream } from 'node:tty';
import { exits, KhaError } from '../model/failure.ts';
import type { LabFeed } from '../model/labplan.ts';
import type { Background } from './background.ts';
import { compose } from './compose.ts';
import { firstPaint } from './firstpaint.ts';
import type { Mounting } from './mount.tsx';
import { Reader } from './reader.ts';
import { type LeaveReason, Session } from './session.ts';
import type { ScreenStream } from './terminal.ts';
import { mayAskBackground, type Theme, themeFor } from './theme.ts';

export type { LeaveReason } from './session.ts';

export interface ScreensOptions {
  readonly feed: LabFeed;
  readonly stdin: ReadStream;
  readonly stdout: ScreenStream;
  readonly env: NodeJS.ProcessEnv;
  /** What is shown after the program's name: the lab's title, `watch`, `failover`. */
  readonly title: string;
  /** Puts back and closes what the run opened; screens show until it is done. Called again with `hurry` on a second
   * ctrl+c, while the first call still runs. */
  readonly leave: (reason: LeaveReason) => Promise<void>;
  /** Aborted when the run came to an end that nobody needs to look at: the screens leave as if asked to quit. */
  readonly closing?: AbortSignal;
  /** False for `--no-color`. */
  readonly color?: boolean;
  readonly background?: Background;
  readonly ascii?: boolean;
  /** Linear text, one announcement a change; else INK_SCREEN_READER says it. */
  readonly screenReader?: boolean;
  /** Nothing moves by itself more than once a second; else KHA_LAB_REDUCED_MOTION says it. */
  readonly reducedMotion?: boolean;
  /** Called once the screens are drawn and hear keys. */
  readonly onOpen?: () => void;
  readonly onRender?: (metrics: { renderTime: number }) => void;
}

/** Why no screens can be shown here; null where they can. */
export function noScreens({
  stdin,
  stdout,
  env,
}: Pick<ScreensOptions, 'stdin' | 'stdout' | 'env'>): string | null {
  if (!stdin.isTTY || !stdout.isTTY) return 'There is no terminal here.';
  if (env.TERM === 'dumb') return 'This terminal (TERM=dumb) cannot place text.';
  if (isSet(env.CI) || isSet(env.CONTINUOUS_INTEGRATION))
    return 'CI is set, so nobody is taken to be watching.';
  return null;
}

/** Shows the screens until the person leaves. Rejects with what crashed, or with what `leave` rejected with; the
 * terminal is restored first in every case. */
export async function openScreens(options: ScreensOptions): Promise<{ reason: LeaveReason }> {
  const obstacle = noScreens(options);
  if (obstacle !== null)
    throw new KhaError({
      code: 'no-terminal',
      exit: exits.usage,
      message: obstacle,
      tryThis: 'Use --plain or --json, or unset CI and run it in a terminal.',
    });
  const { env, color, background, ascii, screenReader, reducedMotion, ...rest } = options;
  const linear = screenReader ?? env.INK_SCREEN_READER === 'true';
  const choice = { env, color, background, ascii };
  const theme = themeFor(choice);
  const ink = linear ? null : inkMount();
  const mountScreens = ink?.mount ?? readerMount(options.stdout, theme);
  const session = new Session({
    ...{ ...rest, theme, mountScreens, linear },
    themeOn: (other) => themeFor({ ...choice, background: other }),
    asksBackground: !linear && mayAskBackground(choice, theme),
    reducedMotion: reducedMotion ?? isSet(env.KHA_LAB_REDUCED_MOTION),
  });
  session.start();
  const opened = () => options.onOpen?.();
  // What cannot be loaded is told by the mount itself.
  if (ink) ink.loading.then(opened, () => {});
  else opened();
  return session.ended;
}

/** Draws the first frame at once, and all others once Ink is there. */
function inkMount() {
  // React reads NODE_ENV and Ink reads DEV when they are loaded, which is now.
  Object.assign(process.env, { NODE_ENV: 'production' });
  delete process.env.DEV;
  const loading = import('./mount.tsx');
  let loaded: Awaited<typeof loading> | null = null;
  const mount = (mounting: Mounting) => {
    if (loaded) return loaded.mountScreens(mounting);
    const frame = firstPaint(compose(mounting.subject()), mounting.theme);
    if (frame !== null) mounting.canvas.write(frame);
    let unmount = () => {};
    let over = false;
    const follow = loading.then((ink) => {
      loaded = ink;
      if (!over) unmount = ink.mountScreens(mounting);
    });
    follow.catch(mounting.onFailure);
    return () => {
      over = true;
      unmount();
    };
  };
  return { loading, mount };
}

function readerMount(stdout: ScreenStream, { spell }: Theme) {
  const reader = new Reader((text) => {
    for (const row of text.split('\n')) stdout.write(`${spell(row)}\n`);
  });
  return (mounting: Mounting) => reader.mount(mounting);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
