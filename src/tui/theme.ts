// How tones look: dark, light or without colours. Meaning never hangs on colour alone.
import { speaksUtf8, toAscii } from './ascii.ts';
import type { Background } from './background.ts';
import type { Tone } from './line.ts';

/** The part of Ink's Text properties that tones set. */
export interface Looks {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export interface Theme {
  readonly looks: Readonly<Record<Tone, Looks>>;
  /** Last touch on every text: identity, or ASCII of the same width. */
  readonly spell: (text: string) => string;
  readonly unicode: boolean;
  readonly background: Background;
}

export interface ThemeChoice {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False for `--no-color`, true for `--color`; undefined follows NO_COLOR. */
  readonly color?: boolean | undefined;
  readonly background?: Background | undefined;
  readonly ascii?: boolean | undefined;
}

const colourless: Readonly<Record<Tone, Looks>> = {
  plain: {},
  dim: {},
  strong: { bold: true },
  title: { bold: true },
  code: {},
  good: {},
  bad: { bold: true },
  warn: { bold: true },
  leader: { bold: true },
  standby: {},
  accent: { bold: true },
  selected: { inverse: true },
  rule: {},
};

const dark: Readonly<Record<Tone, Looks>> = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  title: { bold: true },
  code: { color: 'cyan' },
  good: { color: 'green' },
  bad: { color: 'redBright', bold: true },
  warn: { color: 'yellow' },
  leader: { color: 'green', bold: true },
  standby: { color: 'cyan' },
  accent: { color: 'yellow', bold: true },
  selected: { inverse: true },
  rule: { dimColor: true },
};

/** Dim and yellow vanish on white projectors: grey and magenta instead. */
const light: Readonly<Record<Tone, Looks>> = {
  plain: {},
  dim: { color: 'gray' },
  strong: { bold: true },
  title: { bold: true },
  code: { color: 'blue' },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  warn: { color: 'magenta' },
  leader: { color: 'green', bold: true },
  standby: { color: 'blue' },
  accent: { color: 'magenta', bold: true },
  selected: { inverse: true },
  rule: { color: 'gray' },
};

/** The theme for this terminal. NO_COLOR (not empty) wins over FORCE_COLOR; an explicit choice wins over both. */
export function themeFor({ env, color, background, ascii }: ThemeChoice): Theme {
  const noColor = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const colours = color ?? (!noColor && env.FORCE_COLOR !== '0' && env.TERM !== 'dumb');
  const ground = background ?? backgroundOf(env) ?? 'dark';
  const unicode = !(ascii ?? !speaksUtf8(env));
  return {
    looks: colours ? (ground === 'light' ? light : dark) : colourless,
    background: ground,
    spell: unicode ? (text) => text : toAscii,
    unicode,
  };
}

/** Whether the terminal may be asked what its background is: only where the answer changes anything, and nobody said it. */
export function mayAskBackground({ env, background }: ThemeChoice, { looks }: Theme): boolean {
  // The Linux console shows what it does not know.
  return (
    looks !== colourless && background === undefined && backgroundOf(env) === null && env.TERM !== 'linux'
  );
}

/** KHA_LAB_THEME says it; COLORFGBG is `foreground;background`, where 7 and 15 are light backgrounds. */
function backgroundOf(env: ThemeChoice['env']): Background | null {
  if (env.KHA_LAB_THEME === 'dark' || env.KHA_LAB_THEME === 'light') return env.KHA_LAB_THEME;
  const background = env.COLORFGBG?.split(';').at(-1);
  if (background === undefined || background === '') return null;
  return background === '7' || background === '15' ? 'light' : 'dark';
}
