// The sign and the words of each mark: told apart by shape as well as by colour.
import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTimes,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';
import type { MarkName } from '../../model/round.ts';
import { type Markup, markup } from '../markup.ts';

export const markWords: Readonly<Record<MarkName, string>> = {
  lastRenew: 'last renewal',
  faultIssued: 'fault',
  released: 'given back',
  leaseLost: 'gave up',
  instanceGone: 'gone',
  leaseExpired: 'lease over',
  acquired: 'lock taken',
  firstWork: 'first work',
  faultEnded: 'fault ended',
  restored: 'put back',
};

const shapes: Readonly<Record<MarkName, SymbolType>> = {
  lastRenew: symbolCircle,
  faultIssued: symbolTriangle,
  released: symbolSquare,
  leaseLost: symbolTimes,
  instanceGone: symbolTimes,
  leaseExpired: symbolSquare,
  acquired: symbolStar,
  firstWork: symbolDiamond,
  faultEnded: symbolWye,
  restored: symbolCross,
};

export function markSign(name: MarkName, x: number, y: number): Markup {
  const outline = name === 'leaseLost' || name === 'instanceGone' ? ' bar' : '';
  return markup`<path class="m-${name}${outline}" transform="translate(${x} ${y})" d="${symbol(shapes[name], 64)() ?? ''}"/>`;
}
