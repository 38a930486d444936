// Values that more is asked of than their type: names that things are kept under, and moments that can be told.
import { z } from 'zod';
import { readTime } from '../../model/rfc3339.ts';

/** What every object has from its prototype is no name of a master, a component, a step or a check. */
export const name = z.string().refine((text) => !(text in Object.prototype));

/** Milliseconds that can be told as a time of day: within some three thousand years. */
export const moment = z.number().min(-1e14).max(1e14);

export const instant = z.string().refine((text) => readTime(text) !== null);
