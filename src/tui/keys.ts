// The one table of keys: what each does, how it is called and where it works. Help and footer are made from it.
import type { Command } from './keycommand.ts';
import type { Situation } from './situation.ts';

export type { Command };

export interface Key {
  readonly command: Command;
  /** Names as `input.ts` gives them. */
  readonly keys: readonly string[];
  /** As shown: `enter`, `ctrl+c`. */
  readonly shown: string;
  readonly label: string | ((situation: Situation) => string);
  readonly works: (situation: Situation) => boolean;
  /** Order in the footer, lowest first; null: only in the help. */
  readonly footer: number | null;
  /** Enter does the same now: one of them in the footer is enough. */
  readonly asEnter?: (situation: Situation) => boolean;
}

const always = () => true;
const calm = (s: Situation) => s.panel === null && !s.choosing;
const overLogs = (s: Situation) => s.logsShown && !s.choosing;
const playing = (s: Situation) => s.playback && !s.choosing && s.panel === null;
const moving = (s: Situation) => !s.choosing;

export const keyTable: readonly Key[] = [
  {
    command: 'primary',
    keys: ['enter'],
    shown: 'enter',
    label: (s) => s.primary?.words ?? 'go on',
    works: (s) => s.primary !== null,
    footer: 0,
  },
  {
    command: 'play',
    keys: ['space'],
    shown: 'space',
    label: 'play or pause',
    works: playing,
    footer: 1,
  },
  { command: 'slower', keys: ['-', '_'], shown: '− +', label: 'speed', works: playing, footer: 2 },
  { command: 'faster', keys: ['+', '='], shown: '+', label: 'faster', works: playing, footer: null },
  { command: 'nextHandover', keys: [']'], shown: ']', label: 'next handover', works: playing, footer: 3 },
  {
    command: 'previousHandover',
    keys: ['['],
    shown: '[',
    label: 'handover before',
    works: playing,
    footer: null,
  },
  { command: 'nextMark', keys: ['m'], shown: 'm', label: 'next mark', works: playing, footer: 4 },
  { command: 'previousMark', keys: ['M'], shown: 'M', label: 'mark before', works: playing, footer: null },
  { command: 'earlier', keys: ['left'], shown: '←', label: 'back 5 s', works: playing, footer: null },
  { command: 'later', keys: ['right'], shown: '→', label: 'on 5 s', works: playing, footer: null },
  { command: 'muchEarlier', keys: ['<'], shown: '<', label: 'back a minute', works: playing, footer: null },
  { command: 'muchLater', keys: ['>'], shown: '>', label: 'on a minute', works: playing, footer: null },
  { command: 'left', keys: ['left'], shown: '← →', label: 'choose', works: (s) => s.choosing, footer: 1 },
  {
    command: 'right',
    keys: ['right', 'tab'],
    shown: '→',
    label: 'choose',
    works: (s) => s.choosing,
    footer: null,
  },
  {
    command: 'guess',
    keys: ['g'],
    shown: 'g',
    label: 'guess',
    works: (s) => calm(s) && s.canGuess,
    footer: 4,
    asEnter: (s) => s.primary?.does === 'guess',
  },
  {
    command: 'again',
    keys: ['r'],
    shown: 'r',
    label: 'run it again',
    works: (s) => calm(s) && s.canRunAgain,
    footer: 5,
  },
  {
    command: 'next',
    keys: ['n'],
    shown: 'n',
    label: 'next',
    works: (s) => calm(s) && s.canNext,
    footer: 6,
    asEnter: (s) => s.primary?.does === 'next',
  },
  {
    command: 'redo',
    keys: ['R'],
    shown: 'R',
    label: 'this step once more',
    works: (s) => calm(s) && s.canRedo,
    footer: null,
  },
  { command: 'back', keys: ['b'], shown: 'b', label: 'back', works: (s) => calm(s) && s.canBack, footer: 13 },
  {
    command: 'hint',
    keys: ['h'],
    shown: 'h',
    label: 'hint',
    works: (s) => calm(s) && s.moreHints,
    footer: 7,
  },
  {
    command: 'follow',
    keys: ['f'],
    shown: 'f',
    label: 'follow again',
    works: (s) => overLogs(s) && s.paused,
    footer: 4,
  },
  {
    command: 'pause',
    keys: ['p'],
    shown: 'p',
    label: 'pause this log',
    works: (s) => overLogs(s) && !s.paused,
    footer: 18,
  },
  {
    command: 'copy',
    keys: ['y'],
    shown: 'y',
    label: 'copy it',
    works: (s) => s.canCopy,
    footer: 2,
    asEnter: (s) => s.primary?.does === 'copy',
  },
  {
    command: 'copyAll',
    keys: ['a'],
    shown: 'a',
    label: 'copy all',
    works: (s) => s.canCopy,
    footer: 3,
  },
  {
    command: 'keepAll',
    keys: ['w'],
    shown: 'w',
    label: 'to a file',
    works: (s) => s.canCopy,
    footer: 4,
  },
  { command: 'filter', keys: ['/'], shown: '/', label: 'filter', works: overLogs, footer: 12 },
  { command: 'find', keys: ['/'], shown: '/', label: 'find', works: (s) => s.panel === 'help', footer: 2 },
  { command: 'saidNext', keys: ['}'], shown: '}', label: 'next that matters', works: overLogs, footer: null },
  {
    command: 'saidBefore',
    keys: ['{'],
    shown: '{',
    label: 'last that mattered',
    works: overLogs,
    footer: null,
  },
  {
    command: 'detail',
    keys: ['v'],
    shown: 'v',
    label: (s) => `${s.nextDetail} lines`,
    works: overLogs,
    footer: 15,
  },
  {
    command: 'component',
    keys: ['o'],
    shown: 'o',
    label: 'other component',
    works: (s) => overLogs(s) && s.otherComponent,
    footer: 9,
  },
  { command: 'pane1', keys: ['1'], shown: '1', label: 'first log', works: overLogs, footer: null },
  { command: 'pane2', keys: ['2'], shown: '2', label: 'second log', works: overLogs, footer: null },
  {
    command: 'pane3',
    keys: ['3'],
    shown: '3',
    label: 'third log',
    works: (s) => overLogs(s) && s.panes > 2,
    footer: null,
  },
  {
    command: 'otherPane',
    keys: ['tab'],
    shown: 'tab',
    label: 'other pane',
    works: (s) => moving(s) && s.panes > 0,
    footer: 17,
  },
  {
    command: 'zoom',
    keys: ['z'],
    shown: 'z',
    label: (s) => (s.zoomed ? 'unzoom' : 'zoom'),
    works: (s) => calm(s) && (s.hasLab || s.logsShown),
    footer: 16,
  },
  { command: 'up', keys: ['up', 'k'], shown: '↑', label: 'up', works: moving, footer: null },
  { command: 'down', keys: ['down', 'j'], shown: '↓', label: 'down', works: moving, footer: null },
  {
    command: 'pageUp',
    keys: ['pageup', 'ctrl+b'],
    shown: 'PgUp',
    label: 'page up',
    works: moving,
    footer: null,
  },
  {
    command: 'pageDown',
    keys: ['pagedown', 'ctrl+f'],
    shown: 'PgDn',
    label: 'page down',
    works: moving,
    footer: null,
  },
  { command: 'top', keys: ['home'], shown: 'Home', label: 'first', works: moving, footer: null },
  {
    command: 'bottom',
    keys: ['end', 'G'],
    shown: 'End',
    label: 'last, and follow',
    works: moving,
    footer: null,
  },
  { command: 'commands', keys: ['c'], shown: 'c', label: 'commands', works: always, footer: 8 },
  { command: 'logs', keys: ['l'], shown: 'l', label: 'logs', works: always, footer: 10 },
  { command: 'timeline', keys: ['t'], shown: 't', label: 'timeline', works: always, footer: 11 },
  { command: 'steps', keys: ['s'], shown: 's', label: 'steps', works: (s) => s.hasLab, footer: 14 },
  {
    command: 'close',
    keys: ['escape'],
    shown: 'esc',
    label: 'close',
    works: (s) => s.closable,
    footer: 1,
  },
  { command: 'close', keys: ['q'], shown: 'q', label: 'close', works: (s) => s.panel !== null, footer: null },
  { command: 'help', keys: ['?'], shown: '?', label: 'help', works: always, footer: 20 },
  {
    command: 'suspend',
    keys: ['ctrl+z'],
    shown: 'ctrl+z',
    label: 'to the shell (fg comes back)',
    works: always,
    footer: null,
  },
  {
    command: 'background',
    keys: ['T'],
    shown: 'T',
    label: 'colours for a dark or a light window',
    works: always,
    footer: null,
  },
  { command: 'redraw', keys: ['ctrl+l'], shown: 'ctrl+l', label: 'draw anew', works: always, footer: null },
  { command: 'quit', keys: ['q'], shown: 'q', label: (s) => leaveLabel(s), works: always, footer: null },
  {
    command: 'interrupt',
    keys: ['ctrl+c'],
    shown: 'ctrl+c',
    label: (s) => leaveLabel(s),
    works: always,
    footer: 21,
  },
];

/** The command a key stands for here and now; null: it does nothing here. */
export function commandFor(key: string, situation: Situation): Command | null {
  return keyTable.find(({ keys, works }) => keys.includes(key) && works(situation))?.command ?? null;
}

/** The keys to be shown here and now, the most wanted first. */
export function footerKeys(situation: Situation): readonly Key[] {
  return keyTable
    .filter(({ footer, works, asEnter }) => footer !== null && works(situation) && !asEnter?.(situation))
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
}

export function labelOf({ label }: Key, situation: Situation): string {
  return typeof label === 'string' ? label : label(situation);
}

function leaveLabel({ faultOn, hasLab, playback, narrow }: Situation): string {
  if (playback || narrow || (!hasLab && !faultOn)) return 'leave';
  return faultOn ? 'leave (puts the master back first)' : 'leave (puts everything back)';
}
