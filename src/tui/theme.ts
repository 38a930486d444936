// How tones look: dark, light or without colours. Meaning never hangs on colour alone.
import { speaksUtf8, toAscii } from './ascii.ts';
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
}

export interface ThemeChoice {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False for `--no-color`, true for `--color`; undefined follows NO_COLOR. */
  readonly color?: boolean | undefined;
  readonly background?: 'dark' | 'light' | undefined;
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
  const unicode = !(ascii ?? !speaksUtf8(env));
  return {
    looks: colours ? ((background ?? backgroundOf(env)) === 'light' ? light : dark) : colourless,
    spell: unicode ? (text) => text : toAscii,
    unicode,
  };
}

/** COLORFGBG is `foreground;background`, where 7 and 15 are light backgrounds. */
function backgroundOf(env: ThemeChoice['env']): 'dark' | 'light' {
  const background = env.COLORFGBG?.split(';').at(-1);
  return background === '7' || background === '15' ? 'light' : 'dark';
}
