// What a run comes to as numbers with labels, before they are written in a format of Prometheus.
import type { FailoverJson } from '../model/failoverJson.ts';
import { readTime } from '../model/rfc3339.ts';
import { summarise } from '../model/statistics.ts';
import type { PublishedRun } from './published.ts';

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All of them gauges: a probe leaves what the newest run gave. */
export interface Family {
  readonly name: string;
  /** Ends the name; null for plain numbers. */
  readonly unit: 'seconds' | null;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * The newest run of each target, component and fault: labels stay the same from run to run, so that a probe adds no
 * series.
 */
export function familiesOf(runs: readonly PublishedRun[]): readonly Family[] {
  const newest = new Map<string, PublishedRun>();
  for (const run of runs.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)))
    newest.set(JSON.stringify(labelsOf(run.result)), run);
  const chosen = [...newest.values()];
  const all: readonly Family[] = [
    seconds(
      'kha_lab_handover_seconds',
      'From the fault to another instance holding the lock.',
      chosen,
      handovers,
    ),
    seconds(
      'kha_lab_outage_seconds',
      'From the last work of the old leader to the first of the new.',
      chosen,
      outages,
    ),
    seconds('kha_lab_two_leaders_seconds', 'How long two instances acted as leader.', chosen, doubled),
    seconds(
      'kha_lab_predicted_handover_seconds',
      'What the rules of leader election lead to expect.',
      chosen,
      expected,
    ),
    plain('kha_lab_rounds', 'Rounds by verdict.', chosen, verdicts),
    plain('kha_lab_restored', '1 when everything was put back as it was found.', chosen, ({ result }) => [
      { labels: {}, value: result.restored ? 1 : 0 },
    ]),
    plain(
      'kha_lab_steady',
      '1 when the state was steady again after the last round.',
      chosen,
      ({ result }) => [{ labels: {}, value: result.steady ? 1 : 0 }],
    ),
    seconds('kha_lab_run_started_timestamp_seconds', 'When the run began.', chosen, ({ startedAt }) => [
      { labels: {}, value: (readTime(startedAt) ?? 0) / 1000 },
    ]),
  ];
  return all.filter(({ samples }) => samples.length > 0);
}

type Read = (run: PublishedRun) => readonly Sample[];

function seconds(name: string, help: string, runs: readonly PublishedRun[], read: Read): Family {
  return { name, unit: 'seconds', help, samples: samplesOf(runs, read) };
}

function plain(name: string, help: string, runs: readonly PublishedRun[], read: Read): Family {
  return { name, unit: null, help, samples: samplesOf(runs, read) };
}

function samplesOf(runs: readonly PublishedRun[], read: Read): readonly Sample[] {
  return runs.flatMap((run) =>
    read(run).map(({ labels, value }) => ({ labels: { ...labelsOf(run.result), ...labels }, value })),
  );
}

function labelsOf({ target, component, fault, lock }: FailoverJson): Readonly<Record<string, string>> {
  return { target, component, fault, lock: lock?.kind ?? '' };
}

function spread(values: readonly (number | null)[]): readonly Sample[] {
  const { minMs, medianMs, maxMs, valuesMs } = summarise(values.filter((value) => value !== null));
  const stats = { min: minMs, median: medianMs, max: maxMs, last: valuesMs.at(-1) ?? null };
  return Object.entries(stats).flatMap(([stat, ms]) =>
    ms === null ? [] : [{ labels: { stat }, value: inSeconds(ms) }],
  );
}

const handovers: Read = ({ result }) => spread(result.rounds.map(({ handoverMs }) => handoverMs));
const outages: Read = ({ result }) => spread(result.rounds.map(({ outageMs }) => outageMs));
const doubled: Read = ({ result }) => spread(result.rounds.map(({ twoLeadersMs }) => twoLeadersMs));

const expected: Read = ({ result }) => {
  const band = result.rounds.findLast(({ predictedMs }) => predictedMs !== null)?.predictedMs;
  return Object.entries(band ?? {}).map(([stat, ms]) => ({ labels: { stat }, value: inSeconds(ms) }));
};

const verdicts: Read = ({ result }) =>
  (['passed', 'failed', 'inconclusive'] as const).map((verdict) => ({
    labels: { verdict },
    value: result.rounds.filter((round) => round.verdict === verdict).length,
  }));

/** Microseconds are the finest that was measured; without the digits that binary fractions add. */
function inSeconds(ms: number): number {
  return Number((ms / 1000).toFixed(6));
}
