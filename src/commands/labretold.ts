// A recorded lab told again as the object that `lab --json` prints, by the lab as this kha-lab has it.
import { findLab } from '../lab/find.ts';
import type { Lab } from '../lab/format.ts';
import { type LabJson, labJson } from '../lab/labjson.ts';
import { readLab } from '../lab/read.ts';
import { labIn } from '../lab/readtranslation.ts';
import { LabRetold } from '../lab/retold.ts';
import { KhaError } from '../model/failure.ts';
import type { Observation, RunBegun } from '../model/observation.ts';
import { createPredictor } from './prediction.ts';

/** In the language it was walked in; null where there is no such lab here. */
export async function labOf({ lab, flags }: Pick<RunBegun, 'lab' | 'flags'>): Promise<Lab | null> {
  if (lab === undefined) return null;
  try {
    return await labIn(await readLab(await findLab(lab)), typeof flags?.lang === 'string' ? flags.lang : '');
  } catch (error) {
    if (error instanceof KhaError) return null;
    throw error;
  }
}

export async function labTeller(begun: RunBegun, file: string) {
  const predictor = createPredictor();
  const retold = new LabRetold({
    lab: await labOf(begun),
    recording: file,
    predicted: predictor.now,
    expected: predictor.of,
  });
  return {
    see: (one: Observation) => retold.see(one),
    result(): LabJson {
      const run = retold.run();
      return labJson({ ...run, predicted: (round) => predictor.of(run.scene, round) });
    },
  };
}
