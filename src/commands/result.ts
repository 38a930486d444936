// The outcome of failover: as the contract's JSON, or in words.
import type { RoundOutcome } from '../experiment/round.ts';
import { agreementSentence } from '../model/agreement.ts';
import { type FailoverJson, failoverJson } from '../model/failoverJson.ts';
import { type Exit, exits, gravest, type KhaError } from '../model/failure.ts';
import type { Scene } from '../model/scene.ts';
import { resultSentence, roundSentences, summarySentences } from '../model/sentences.ts';
import type { CommonFlags } from './flags.ts';
import { createPredictor } from './prediction.ts';
import type { Surroundings } from './surroundings.ts';

export interface ResultFacts {
  readonly component: FailoverJson['component'];
  readonly fault: string;
  readonly maxHandover?: number;
  readonly outcomes: readonly RoundOutcome[];
  readonly recording: string | null;
}

export interface Result {
  readonly scene: Scene;
  readonly json: FailoverJson;
  readonly exit: Exit;
}

export function resultOf(
  scene: Scene,
  { component, fault, maxHandover, outcomes, recording }: ResultFacts,
): Result {
  const predictor = createPredictor();
  const json = failoverJson(scene, {
    component,
    fault,
    recording,
    predicted: (round) => predictor.of(scene, round),
    maxHandoverMs: maxHandover ?? null,
    restored: outcomes.every(({ notRestored }) => notRestored === null),
    steady: outcomes.every(({ notSteady }) => notSteady === null),
  });
  const byVerdict = { passed: exits.good, failed: exits.failed, inconclusive: exits.inconclusive } as const;
  return { scene, json, exit: gravest(json.rounds.map(({ verdict }) => byVerdict[verdict])) };
}

export interface Printed {
  readonly flags: CommonFlags;
  readonly result: Result;
  readonly failures: readonly KhaError[];
}

/** The result on stdout, failures on stderr: what a person reads last is what to do. */
export function printResult({ stdout, stderr }: Surroundings, { flags, result, failures }: Printed): void {
  const { json, scene } = result;
  if (flags.json) stdout.write(`${JSON.stringify(json)}\n`);
  else {
    const rounds = scene.timeline.rounds;
    for (const [index, round] of rounds.entries()) {
      const sentences = flags.quiet ? [resultSentence(round)] : roundSentences(round);
      stdout.write(
        `\nround ${round.round}: ${json.rounds[index]?.verdict}\n${sentences.map((one) => `  ${one}\n`).join('')}`,
      );
      const { predictedMs, why, remarks = [] } = json.rounds[index] ?? {};
      if (why && !sentences.includes(why)) stdout.write(`  ${why}\n`);
      for (const remark of remarks) if (!sentences.includes(remark)) stdout.write(`  ${remark}\n`);
      if (predictedMs && !flags.quiet) stdout.write(`  ${expectation(predictedMs)}\n`);
    }
    if (rounds.length !== 1) stdout.write(`\n${summaryOf(json.summary).join('\n')}\n`);
    if (json.recording !== null) stdout.write(`\nSee it again with: kha-lab replay ${json.recording}\n`);
  }
  for (const { message, tryThis } of failures) stderr.write(`${message}\n${tryThis}\n`);
}

function summaryOf(summary: FailoverJson['summary']): readonly string[] {
  const { agreement } = summary;
  return [...summarySentences(summary), ...(agreement ? [agreementSentence(agreement)] : [])];
}

function expectation({
  min,
  p50,
  p95,
  max,
}: NonNullable<FailoverJson['rounds'][number]['predictedMs']>): string {
  const s = (ms: number) => (ms / 1000).toFixed(1);
  return `By the rules: ${s(min)} to ${s(max)} s, half of all within ${s(p50)} s, 95 % within ${s(p95)} s.`;
}
