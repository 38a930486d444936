// Every fault, every way to go, at many moments: hours on real masters, so only when asked for (`--full`); kept for bench/.
import { appendFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { faultKinds } from '../../../src/model/faultkind.ts';
import type { Masters } from '../masters.ts';
import { type Mended, type Way, wayBackSuite } from './wayback.ts';

const momentsFile = fileURLToPath(new URL('../../../bench/faults/moments.ndjson', import.meta.url));

/** How many moments a fault is killed at; each other way is gone a fifth as often. */
const moments = Number(process.env.KHA_MOMENTS ?? 0);
const seed = Number(process.env.KHA_SEED ?? 1);

export function fullWayBackSuite(pair: () => Masters): void {
  const others = Math.ceil(moments / 5);
  for (const fault of faultKinds)
    for (const [way, times] of [
      ['killed', moments],
      ['silent', others],
      ['cut off', others],
      ['rebooted', others],
    ] as const satisfies readonly (readonly [Way, number])[])
      for (let index = 0; index < times; index += 1)
        wayBackSuite(
          pair,
          {
            fault,
            way,
            component: index % 2 === 0 ? 'kube-scheduler' : 'kube-controller-manager',
            seed: 1000 * seed + index,
          },
          keep,
        );
}

async function keep(mended: Mended): Promise<void> {
  await appendFile(momentsFile, `${JSON.stringify(mended)}\n`);
}
