// The one table of keys: what each does, how it is called and where it works. Help and footer are made from it.
import type { Command } from './keycommand.ts';
import type { Situation } from './situation.ts';
import { texts } from './words/words.ts';

export type { Command };

export interface Key {
  readonly command: Command;
  /** Names as `input.ts` gives them. */
  readonly keys: readonly string[];
  /** As shown: `enter`, `ctrl+c`. */
  readonly shown: string;
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
    works: (s) => s.primary !== null,
    footer: 0,
  },
  {
    command: 'play',
    keys: ['space'],
    shown: 'space',
    works: playing,
    footer: 1,
  },
  { command: 'slower', keys: ['-', '_'], shown: '− +', works: playing, footer: 2 },
  { command: 'faster', keys: ['+', '='], shown: '+', works: playing, footer: null },
  { command: 'nextHandover', keys: [']'], shown: ']', works: playing, footer: 3 },
  {
    command: 'previousHandover',
    keys: ['['],
    shown: '[',
    works: playing,
    footer: null,
  },
  { command: 'nextMark', keys: ['m'], shown: 'm', works: playing, footer: 4 },
  { command: 'previousMark', keys: ['M'], shown: 'M', works: playing, footer: null },
  { command: 'earlier', keys: ['left'], shown: '←', works: playing, footer: null },
  { command: 'later', keys: ['right'], shown: '→', works: playing, footer: null },
  { command: 'muchEarlier', keys: ['<'], shown: '<', works: playing, footer: null },
  { command: 'muchLater', keys: ['>'], shown: '>', works: playing, footer: null },
  { command: 'tenthEarlier', keys: [','], shown: ',', works: playing, footer: null },
  { command: 'tenthLater', keys: ['.'], shown: '.', works: playing, footer: null },
  { command: 'left', keys: ['left'], shown: '← →', works: (s) => s.choosing, footer: 1 },
  {
    command: 'right',
    keys: ['right', 'tab'],
    shown: '→',
    works: (s) => s.choosing,
    footer: null,
  },
  {
    command: 'guess',
    keys: ['g'],
    shown: 'g',
    works: (s) => calm(s) && s.canGuess,
    footer: 4,
    asEnter: (s) => s.primary?.does === 'guess',
  },
  {
    command: 'again',
    keys: ['r'],
    shown: 'r',
    works: (s) => calm(s) && s.canRunAgain,
    footer: 5,
  },
  {
    command: 'next',
    keys: ['n'],
    shown: 'n',
    works: (s) => calm(s) && s.canNext,
    footer: 6,
    asEnter: (s) => s.primary?.does === 'next',
  },
  {
    command: 'redo',
    keys: ['R'],
    shown: 'R',
    works: (s) => calm(s) && s.canRedo,
    footer: null,
  },
  { command: 'back', keys: ['b'], shown: 'b', works: (s) => calm(s) && s.canBack, footer: 13 },
  {
    command: 'hint',
    keys: ['h'],
    shown: 'h',
    works: (s) => calm(s) && s.moreHints,
    footer: 7,
  },
  {
    command: 'follow',
    keys: ['f'],
    shown: 'f',
    works: (s) => overLogs(s) && s.paused,
    footer: 4,
  },
  {
    command: 'pause',
    keys: ['p'],
    shown: 'p',
    works: (s) => overLogs(s) && !s.paused,
    footer: 18,
  },
  {
    command: 'copy',
    keys: ['y'],
    shown: 'y',
    works: (s) => s.canCopy,
    footer: 2,
    asEnter: (s) => s.primary?.does === 'copy',
  },
  {
    command: 'copyAll',
    keys: ['a'],
    shown: 'a',
    works: (s) => s.canCopy,
    footer: 3,
  },
  {
    command: 'keepAll',
    keys: ['w'],
    shown: 'w',
    works: (s) => s.canCopy,
    footer: 4,
  },
  { command: 'filter', keys: ['/'], shown: '/', works: overLogs, footer: 12 },
  { command: 'find', keys: ['/'], shown: '/', works: (s) => s.panel === 'help', footer: 2 },
  { command: 'saidNext', keys: ['}'], shown: '}', works: overLogs, footer: null },
  {
    command: 'saidBefore',
    keys: ['{'],
    shown: '{',
    works: overLogs,
    footer: null,
  },
  {
    command: 'detail',
    keys: ['v'],
    shown: 'v',
    works: overLogs,
    footer: 15,
  },
  {
    command: 'component',
    keys: ['o'],
    shown: 'o',
    works: (s) => overLogs(s) && s.otherComponent,
    footer: 9,
  },
  { command: 'pane1', keys: ['1'], shown: '1', works: overLogs, footer: null },
  { command: 'pane2', keys: ['2'], shown: '2', works: overLogs, footer: null },
  {
    command: 'pane3',
    keys: ['3'],
    shown: '3',
    works: (s) => overLogs(s) && s.panes > 2,
    footer: null,
  },
  {
    command: 'otherPane',
    keys: ['tab'],
    shown: 'tab',
    works: (s) => moving(s) && s.panes > 0,
    footer: 17,
  },
  {
    command: 'zoom',
    keys: ['z'],
    shown: 'z',
    works: (s) => calm(s) && (s.hasLab || s.logsShown),
    footer: 16,
  },
  { command: 'up', keys: ['up', 'k'], shown: '↑', works: moving, footer: null },
  { command: 'down', keys: ['down', 'j'], shown: '↓', works: moving, footer: null },
  {
    command: 'pageUp',
    keys: ['pageup', 'ctrl+b'],
    shown: 'PgUp',
    works: moving,
    footer: null,
  },
  {
    command: 'pageDown',
    keys: ['pagedown', 'ctrl+f'],
    shown: 'PgDn',
    works: moving,
    footer: null,
  },
  { command: 'top', keys: ['home'], shown: 'Home', works: moving, footer: null },
  {
    command: 'bottom',
    keys: ['end', 'G'],
    shown: 'End',
    works: moving,
    footer: null,
  },
  { command: 'commands', keys: ['c'], shown: 'c', works: always, footer: 8 },
  { command: 'logs', keys: ['l'], shown: 'l', works: always, footer: 10 },
  { command: 'timeline', keys: ['t'], shown: 't', works: always, footer: 11 },
  { command: 'steps', keys: ['s'], shown: 's', works: (s) => s.hasLab, footer: 14 },
  {
    command: 'close',
    keys: ['escape'],
    shown: 'esc',
    works: (s) => s.closable,
    footer: 1,
  },
  { command: 'close', keys: ['q'], shown: 'q', works: (s) => s.panel !== null, footer: null },
  { command: 'help', keys: ['?'], shown: '?', works: always, footer: 20 },
  {
    command: 'suspend',
    keys: ['ctrl+z'],
    shown: 'ctrl+z',
    works: always,
    footer: null,
  },
  { command: 'background', keys: ['T'], shown: 'T', works: always, footer: null },
  { command: 'redraw', keys: ['ctrl+l'], shown: 'ctrl+l', works: always, footer: null },
  { command: 'quit', keys: ['q'], shown: 'q', works: always, footer: null },
  {
    command: 'interrupt',
    keys: ['ctrl+c'],
    shown: 'ctrl+c',
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

/** What it is called here and now. */
export function labelOf({ command }: Key, situation: Situation): string {
  const { keys, details, goOn, unzoom } = texts();
  switch (command) {
    case 'primary':
      return situation.primary?.words ?? goOn;
    case 'detail':
      return details[situation.nextDetail];
    case 'zoom':
      return situation.zoomed ? unzoom : keys.zoom;
    case 'quit':
    case 'interrupt':
      return leaveLabel(situation);
    default:
      return keys[command];
  }
}

function leaveLabel({ faultOn, hasLab, playback, narrow }: Situation): string {
  const { leave, leaveMaster, leaveAll } = texts();
  if (playback || narrow || (!hasLab && !faultOn)) return leave;
  return faultOn ? leaveMaster : leaveAll;
}
