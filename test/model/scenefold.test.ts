// The fold that tallies log lines shows the same scenes as the one that folds each of them, whenever one looks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../../src/model/observation.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { SceneFold } from '../../src/model/scenefold.ts';
import { lockSeen, looked, observations, record, renewed, round, run } from './roundstream.ts';

const told = fc.constantFrom(
  renewed('kuberm', 10),
  renewed('kuberm2', 2010),
  looked('kuberm2', 2500),
  looked('kuberm3', 2600),
  round('begun', 1000),
  round('ended', 9000),
  lockSeen(10, 1, record('kuberm')),
  lockSeen(3000, 9, record('kuberm2')),
);

const without = (o: Observation): Observation => (o.kind === 'log' ? { ...o, event: null } : o);

test('whatever comes, in any order, looked at or not', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(told, fc.boolean(), fc.boolean()), { maxLength: 60 }), (stream) => {
      const fold = new SceneFold();
      let scene = emptyScene;
      const all = observations([run('kuberm', 'kuberm2'), ...stream.map(([one]) => one)]);
      all.forEach((one, at) => {
        const [, looks = true, silent = false] = stream[at - 1] ?? [];
        const o = silent ? without(one) : one;
        scene = seeScene(scene, o);
        fold.see(o);
        if (looks) expect(fold.scene).toEqual(scene);
      });
      expect(fold.scene).toEqual(scene);
    }),
  );
});
