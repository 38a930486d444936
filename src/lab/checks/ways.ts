// Checks of the ways in to the API servers: that requests fail through one, that all of it was measured.
import * as z from 'zod';
import { sumOf } from '../../model/ways.ts';
import { wayNames } from '../../model/waysseen.ts';
import { seconds } from '../numbers.ts';
import { type CheckView, common, type Verdict } from './check.ts';

const way = z.enum(wayNames);

export const wayFails = z.strictObject({ ...common, is: z.literal('way-fails'), way });
export const wayMeasured = z.strictObject({ ...common, is: z.literal('way-measured'), way });

export function judgeWayFails({ way: name }: z.infer<typeof wayFails>, { ways }: CheckView): Verdict {
  const sum = ways && sumOf(ways, name);
  if (!sum) return { ok: false, waiting: true, detail: 'nobody has asked yet' };
  if (sum.failed === 0) return { ok: false, waiting: !ways.over, detail: `all ${sum.asked} were answered` };
  return { ok: true, detail: `${sum.failed} of ${sum.asked} requests, ${sum.hit} of ${sum.clients} clients` };
}

/** The server is put back, and everybody who ever got an answer gets one again. */
export function judgeWayMeasured({ way: name }: z.infer<typeof wayMeasured>, { ways }: CheckView): Verdict {
  const absent = ways?.begun.missing.find((one) => one.way === name);
  if (absent) return { ok: false, detail: `not asked: ${absent.why}`, tryThis: 'Go on without it.' };
  const sum = ways && sumOf(ways, name);
  if (!ways?.over || !sum) return { ok: false, waiting: true, detail: 'not measured yet' };
  const failing = ways.clients.find((one) => one.way === name && one.failing);
  if (failing) {
    return {
      ok: false,
      detail: `${failing.client} still gets no answer: ${failing.lastReason ?? 'nobody knows why'}`,
      tryThis: 'Look with kha-lab check.',
    };
  }
  const gap = sum.failed === 0 ? '' : `, ${seconds(sum.longestGapMs)} without an answer`;
  return { ok: true, detail: `${sum.failed} of ${sum.asked} failed${gap}` };
}
