// kha-lab predict: the distribution a handover should follow by the rules, from flags given or those in use on the masters.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';
import type { FaultKind } from '../model/faultkind.ts';
import type { ComponentName } from '../model/lock.ts';
import type { ElectionTerms } from '../model/observation.ts';
import { predictionFor } from '../model/predictfault.ts';
import { histogramLines, predictionJson, predictionSentences } from '../model/predictionwords.ts';
import { electionTerms } from '../model/unitfile.ts';
import type { CommonFlags } from './flags.ts';
import { expectKnown } from './knownversion.ts';
import type { Surroundings } from './surroundings.ts';
import { symbolsFor } from './symbols.ts';

export interface PredictFlags extends CommonFlags {
  readonly component: ComponentName;
  readonly fault: FaultKind;
  /** Milliseconds, as the next two. */
  readonly leaseDuration?: number;
  readonly renewDeadline?: number;
  readonly retryPeriod?: number;
  readonly standbys?: number;
  readonly kubernetes?: string;
  readonly seed: number;
  readonly rounds: number;
}

const bins = 24;
const barWidth = 40;

export async function predict(flags: PredictFlags, surroundings: Surroundings): Promise<number> {
  const { component, fault, seed, rounds } = flags;
  const found = asksMasters(flags, surroundings)
    ? await (await import('./termsinuse.ts')).termsInUse(component, flags, surroundings)
    : null;
  const terms = wanted(flags, found?.terms ?? termsBy(flags));
  const standbys = flags.standbys ?? found?.standbys ?? 1;
  const asked = { component, fault, terms, standbys };
  const predicted = predictionFor({ fault, terms, standbys, rounds, seed });
  const { stdout } = surroundings;
  if (flags.json) {
    stdout.write(`${JSON.stringify(predictionJson(asked, predicted, bins))}\n`);
    return exits.good;
  }
  if (found) stdout.write(`As ${component} runs on ${found.leader} (${found.target}), which leads:\n`);
  for (const sentence of predictionSentences(asked, predicted)) stdout.write(`${sentence}\n`);
  if (!flags.quiet) {
    const bar = symbolsFor(surroundings).bar;
    const lines = histogramLines(predicted.prediction, { bins, width: barWidth, bar });
    stdout.write(`\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
    stdout.write(`  ${rounds} rounds by the rules, seed ${seed}\n`);
  }
  return exits.good;
}

/** Masters named are asked; an inventory that lies here is, unless flags say what to predict from. */
function asksMasters(flags: PredictFlags, { cwd }: Surroundings): boolean {
  if (flags.inventory !== undefined || flags.sandbox) return true;
  const given = [
    flags.leaseDuration,
    flags.renewDeadline,
    flags.retryPeriod,
    flags.kubernetes,
    flags.standbys,
  ];
  return given.every((one) => one === undefined) && existsSync(join(cwd, 'kha-lab.yaml'));
}

const newest = 'v1.36.3';

function termsBy({ component, kubernetes = newest }: PredictFlags): ElectionTerms {
  expectKnown(kubernetes);
  const terms = electionTerms(component, new Map(), kubernetes);
  if (terms) return terms;
  throw usage(
    `${component} ${kubernetes} elects no leader unless it is told to: --leader-elect was off by accident from 1.9.0 to 1.9.3.`,
    'Name another version with --kubernetes.',
  );
}

/** What is in use, or the defaults, with what the flags say otherwise. @throws KhaError (exit 2) for terms client-go itself refuses. */
function wanted(flags: PredictFlags, terms: ElectionTerms): ElectionTerms {
  const { leaseDuration, renewDeadline, retryPeriod, kubernetes, component } = flags;
  const releases = kubernetes === undefined ? terms.releasesOnStop : termsBy(flags).releasesOnStop;
  const all: ElectionTerms = {
    leaseDurationMs: leaseDuration ?? terms.leaseDurationMs,
    renewDeadlineMs: renewDeadline ?? terms.renewDeadlineMs,
    retryPeriodMs: retryPeriod ?? terms.retryPeriodMs,
    releasesOnStop: releases,
  };
  const why = `${component} itself refuses to start like that.`;
  if (all.leaseDurationMs <= all.renewDeadlineMs)
    throw usage('--lease-duration must be longer than --renew-deadline.', why);
  if (all.renewDeadlineMs <= 1.2 * all.retryPeriodMs)
    throw usage('--renew-deadline must be longer than 1.2 times --retry-period.', why);
  return all;
}

function usage(message: string, tryThis: string): KhaError {
  return new KhaError({ code: 'usage', exit: exits.usage, message, tryThis });
}
