// The metrics are read back by Prometheus' own Python client, whose OpenMetrics parser is the strict one.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { toOpenMetrics, toPrometheusTextfile } from '../../src/publish/openmetrics.ts';
import { nasty, nastyRun, realRun } from './runs.ts';

const python = '/usr/bin/python3';
/** In a pipeline it must be there (Debian's python3-prometheus-client); elsewhere these tests are skipped. */
const noParser =
  process.env.KHA_CI !== 'true' &&
  !existsSync('/usr/lib/python3/dist-packages/prometheus_client/openmetrics');

interface Family {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly samples: readonly { name: string; labels: Record<string, string>; value: number }[];
}

const script = `
import json, sys
module = sys.argv[1]
if module == 'openmetrics':
    from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
else:
    from prometheus_client.parser import text_string_to_metric_families as parse
print(json.dumps([{'name': f.name, 'type': f.type, 'unit': f.unit,
  'samples': [{'name': s.name, 'labels': s.labels, 'value': s.value} for s in f.samples]}
  for f in parse(sys.stdin.read())]))
`;

function parsed(text: string, as: 'openmetrics' | 'text'): readonly Family[] {
  return JSON.parse(execFileSync(python, ['-c', script, as], { input: text, encoding: 'utf8' }));
}

it.skipIf(noParser)(
  'OpenMetrics is what its own parser accepts, numbers and labels as they were',
  async () => {
    const [stop, kill] = [await realRun('stop-endpoints'), await realRun('kill-leases')];
    const families = parsed(toOpenMetrics([stop, kill]), 'openmetrics');
    const value = (name: string, labels: Record<string, string>) =>
      families
        .find((family) => family.name === name)
        ?.samples.find((one) => Object.entries(labels).every(([key, text]) => one.labels[key] === text))
        ?.value;
    const [first = 0, second = 0] = stop.result.rounds.map(({ handoverMs }) => (handoverMs ?? 0) / 1000);
    const of = { fault: 'stop', target: 'sandbox', component: 'kube-scheduler', lock: 'Endpoints' };
    expect(value('kha_lab_handover_seconds', { ...of, stat: 'median' })).toBeCloseTo((first + second) / 2, 5);
    expect(value('kha_lab_handover_seconds', { ...of, stat: 'last' })).toBeCloseTo(second, 5);
    expect(value('kha_lab_predicted_handover_seconds', { ...of, stat: 'max' })).toBe(23.8);
    expect(value('kha_lab_rounds', { ...of, verdict: 'passed' })).toBe(2);
    expect(value('kha_lab_restored', { fault: 'kill' })).toBe(1);
    expect(value('kha_lab_run_started_timestamp_seconds', of)).toBeCloseTo(
      Date.parse(stop.startedAt) / 1000,
      2,
    );
    for (const { name, unit, type } of families) {
      expect(type).toBe('gauge');
      expect(unit).toBe(name.endsWith('_seconds') ? 'seconds' : '');
    }
  },
);

it.skipIf(noParser)('labels come back as they went in, whatever they hold', async () => {
  const text = toOpenMetrics([await nastyRun()]);
  const [family] = parsed(text, 'openmetrics');
  // Half a surrogate pair is no UTF-8: it is written as what stands for what cannot be written.
  expect(family?.samples[0]?.labels.target).toBe(nasty.replace('\ud800', '\ufffd'));
});

it.skipIf(noParser)("the textfile for node_exporter says the same, in Prometheus' own format", async () => {
  const runs = [await realRun('stop-endpoints'), await nastyRun()];
  const newer = parsed(toOpenMetrics(runs), 'openmetrics');
  const older = parsed(toPrometheusTextfile(runs), 'text');
  expect(older.map(({ name, samples }) => ({ name, samples }))).toEqual(
    newer.map(({ name, samples }) => ({ name, samples })),
  );
});

it('the newest run of each kind stands for it, so that a probe adds no series', async () => {
  const run = await realRun('stop-endpoints');
  const later = { ...run, startedAt: '2026-12-01T00:00:00.000000Z' };
  expect(toOpenMetrics([later, run])).toBe(toOpenMetrics([later]));
  expect(toOpenMetrics([run]).split('\n').length).toBe(toOpenMetrics([later]).split('\n').length);
  expect(toOpenMetrics([run])).toMatch(/\n# EOF\n$/);
});
