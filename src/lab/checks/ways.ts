// Checks of the ways in to the API servers: that requests fail through one, that all of it was measured.
import * as z from 'zod';
import { sumOf } from '../../model/ways.ts';
import { wayNames } from '../../model/waysseen.ts';
import { seconds } from '../numbers.ts';
import { type CheckView, common, type Verdict } from './check.ts';

const way = z.enum(wayNames);

export const wayFails = z.strictObject({ ...common, is: z.literal('way-fails'), way });
export const wayMeasured = z.strictObject({ ...common, is: z.literal('way-measured'), way });

export function judgeWayFails({ way: name }: z.infer<typeof wayFails>, { ways, words }: CheckView): Verdict {
  const sum = ways && sumOf(ways, name);
  if (!sum) return { ok: false, waiting: true, detail: words.way.nobodyAsked };
  // What fails before tells of a slow machine, not of a server that is gone.
  if (ways.stoppedMs === null) return { ok: false, waiting: true, detail: words.way.notStopped };
  if (sum.failed === 0) return { ok: false, waiting: !ways.over, detail: words.way.allAnswered(sum.asked) };
  return { ok: true, detail: words.way.fails(sum.failed, sum.asked, sum.hit, sum.clients) };
}

/** The server is put back, and everybody who ever got an answer gets one again. */
export function judgeWayMeasured(
  { way: name }: z.infer<typeof wayMeasured>,
  { ways, words: { way: said } }: CheckView,
): Verdict {
  const absent = ways?.begun.missing.find((one) => one.way === name);
  if (absent) return { ok: false, detail: said.notAsked(absent.why), tryThis: said.goOn };
  const sum = ways && sumOf(ways, name);
  if (!ways?.over || !sum) return { ok: false, waiting: true, detail: said.notMeasured };
  if (ways.stoppedMs === null) return { ok: false, waiting: true, detail: said.notStopped };
  const failing = ways.clients.find((one) => one.way === name && one.failing);
  if (failing) {
    const { client, lastReason } = failing;
    return { ok: false, detail: said.stillFails(client, lastReason), tryThis: said.look };
  }
  const gap = sum.failed === 0 ? null : seconds(sum.longestGapMs);
  return { ok: true, detail: said.measured(sum.failed, sum.asked, gap) };
}
