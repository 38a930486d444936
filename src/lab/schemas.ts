// The lab format as JSON Schemas, for editors: what schema/lab.json and schema/lab-step.json hold.
import * as z from 'zod';
import { labFile, stepFile } from './format.ts';

/** By file name in schema/. */
export function labSchemas() {
  return {
    'lab.json': z.toJSONSchema(labFile, { io: 'input' }),
    'lab-step.json': z.toJSONSchema(stepFile, { io: 'input' }),
  } as const;
}
