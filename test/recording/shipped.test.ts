// The recording that comes with the package is small, whole, and says of itself what the screens say of it.
import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { resultOfRun } from '../../src/commands/retold.ts';
import { SceneFold } from '../../src/model/scenefold.ts';
import { loadRecording } from '../../src/recording/load.ts';
import { demoRecording } from '../../src/recording/shipped.ts';

it('is a real 1.20.2 handover, put back, and takes little room', async () => {
  const file = demoRecording();
  expect(statSync(file).size).toBeLessThan(300_000);
  const { tape, remarks } = await loadRecording(file);
  expect(remarks).toEqual([]);
  const fold = new SceneFold();
  for (const one of tape) fold.see(one);
  const versions = tape.flatMap((one) => (one.kind === 'api' ? [one.version] : []));
  expect(new Set(versions)).toEqual(new Set(['v1.20.2']));
  const { rounds, restored, steady, lock } = resultOfRun(fold.scene, file);
  expect(rounds[0]).toMatchObject({ verdict: 'passed' });
  expect([restored, steady, lock?.kind]).toEqual([true, true, 'Endpoints']);
  expect(fold.scene.problems).toEqual([]);
});
