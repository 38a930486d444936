// A lab without a person in it: walked through unattended, or told as the commands it would run.
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { describePlan } from '../lab/describe.ts';
import type { LabEngine } from '../lab/engine.ts';
import type { Lab } from '../lab/format.ts';
import { junitOf } from '../lab/junit.ts';
import { labJson } from '../lab/labjson.ts';
import { type LabResult, runUnattended } from '../lab/unattended.ts';
import { wordsIn } from '../lab/words/words.ts';
import { type Exit, exits, gravest, KhaError } from '../model/failure.ts';
import { texts } from '../tui/words/words.ts';
import { chooseMasters } from './choose.ts';
import { listenForInterrupts } from './interrupts.ts';
import { outcomeOf } from './laboutcome.ts';
import { type LabSession, startLab } from './labsession.ts';
import { printLines } from './lines.ts';
import { createPredictor } from './prediction.ts';

export async function withoutScreens(session: LabSession, lab: Lab): Promise<Exit> {
  const { flags, surroundings, recording, hurry } = session;
  const { stdout, stderr } = surroundings;
  if (flags.junit !== undefined) expectWritable(flags.junit);
  const interrupts = listenForInterrupts(() => stderr.write(`${texts().interrupted}\n`));
  interrupts.second.addEventListener('abort', () => hurry.abort());
  if (!flags.quiet && !flags.dryRun) recording.recorder.subscribe(printLines(flags.json ? stderr : stdout));
  const chosen = await chooseMasters(flags, surroundings);
  try {
    const { run, engine } = await startLab(session, { lab, chosen });
    try {
      if (flags.dryRun) return await describe(session, engine);
      const result = await runUnattended(engine, { signal: interrupts.first });
      const bug = interrupts.bug();
      if (bug && outcomeOf(recording) !== exits.notRestored) throw bug.error;
      const predictor = createPredictor();
      recording.verify();
      const scene = recording.stage.scene();
      const json = labJson({
        lab,
        scene,
        result,
        recording: recording.file,
        interrupted: interrupts.first.aborted,
        predicted: (round) => predictor.of(scene, round),
      });
      if (flags.junit !== undefined) writeFileSync(flags.junit, junitOf(json));
      if (flags.json) stdout.write(`${JSON.stringify(json)}\n`);
      else for (const line of outcomeLines(result, lab)) stdout.write(`${line}\n`);
      const codes = [result.ok ? exits.good : exits.failed, outcomeOf(recording)];
      return gravest(interrupts.first.aborted ? [...codes, exits.interrupted] : codes);
    } finally {
      await engine.close();
      await run.close();
    }
  } finally {
    await chosen.close();
    interrupts.stopListening();
  }
}

/** Each step with its verdict, and below it what was missing. */
function outcomeLines({ steps }: LabResult, lab: Lab): readonly string[] {
  const { verdicts } = wordsIn(lab);
  const width = Math.max(...Object.values(verdicts).map((word) => word.length)) + 1;
  return steps.flatMap(({ title, verdict, missing }) => [
    `${verdicts[verdict].padEnd(width)}${title}`,
    ...missing.map((one) => `${' '.repeat(width)}${one}`),
  ]);
}

/** Commands name who leads, so a dry run looks first; it changes nothing. */
async function describe({ flags, surroundings, recording }: LabSession, engine: LabEngine): Promise<Exit> {
  await recording.stage.until((scene) => Object.values(scene.locks).some(({ master }) => master !== null), {
    withinMs: 15_000,
  });
  const plan = engine.plan();
  if (flags.json) surroundings.stdout.write(`${JSON.stringify({ version: 1, dryRun: true, plan })}\n`);
  else surroundings.stdout.write(`${describePlan(plan, wordsIn(engine.lab)).join('\n')}\n`);
  return exits.good;
}

/** Better said before a fault than after it. @throws KhaError `cannot-write` (exit 2). */
function expectWritable(file: string): void {
  try {
    closeSync(openSync(file, 'w'));
  } catch (cause) {
    throw new KhaError({
      code: 'cannot-write',
      exit: exits.usage,
      message: `The report ${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      tryThis: 'Give --junit a file in a folder that exists and may be written to.',
      cause,
    });
  }
}
