// Builds what the pairs need before the first test, once, outside every test's time limit.
import { whatIsMissing } from './harness/able.ts';
import { ensureParts } from './harness/parts.ts';

export async function setup(): Promise<void> {
  if ((await whatIsMissing()) !== null) return;
  await ensureParts('1.36.3');
  await ensureParts('1.20.2');
}
