// The lab format as JSON Schemas, for editors: what the lab*.json files in schema/ hold.
import * as z from 'zod';
import { labFile, stepFile } from './format.ts';
import { labTexts, stepTexts } from './translation.ts';

/** By file name in schema/. */
export function labSchemas() {
  return {
    'lab.json': z.toJSONSchema(labFile, { io: 'input' }),
    'lab-step.json': z.toJSONSchema(stepFile, { io: 'input' }),
    'lab-texts.json': z.toJSONSchema(labTexts, { io: 'input' }),
    'lab-step-texts.json': z.toJSONSchema(stepTexts, { io: 'input' }),
  } as const;
}
