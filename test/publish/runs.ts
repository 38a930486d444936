// Runs to publish: real ones from recordings, and one whose every text is meant to break a format.
import { join } from 'node:path';
import { resultOfRun, sceneOf } from '../../src/commands/retold.ts';
import type { PublishedRun } from '../../src/publish/published.ts';

export const recording = (name: string) =>
  join(import.meta.dirname, `../fixtures/recordings/${name}.ndjson.gz`);

export async function realRun(name: 'stop-endpoints' | 'kill-leases'): Promise<PublishedRun> {
  const file = recording(name);
  const scene = await sceneOf(file);
  return { file, startedAt: scene.run?.startedAt ?? '', result: resultOfRun(scene, file) };
}

export const nasty = '=1+1 <b>"x"&amp;|`y`\\n]]>\n\u0007\u001b[31m,\ud800 end';

/** As the real one, failed, inconclusive and not put back, with texts that a host might have chosen. */
export async function nastyRun(): Promise<PublishedRun> {
  const { startedAt, result } = await realRun('stop-endpoints');
  const [first, second] = result.rounds;
  if (!first || !second) throw new Error('the recording has two rounds');
  return {
    file: nasty,
    startedAt,
    result: {
      ...result,
      target: nasty,
      restored: false,
      steady: false,
      rounds: [
        { ...first, verdict: 'failed', why: nasty, from: nasty },
        {
          ...second,
          verdict: 'inconclusive',
          why: nasty,
          to: null,
          handoverMs: null,
          predictedMs: null,
          marks: [],
        },
      ],
    },
  };
}
