// The sandbox's handovers after a stop beside the distribution that the rules of leader election give.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { kolmogorov, shareUpTo } from '../src/model/kolmogorov.ts';
import { predict } from '../src/model/predict.ts';
import { atLeast, type Measurement, type Row } from './measurement.ts';
import { median } from './pairing.ts';
import { cli, environment, withFolder } from './places.ts';
import { startSandbox } from './sandbox.ts';

/** Less often than this chance alone would give such a distance: then they do not follow it. */
const leastP = 0.01;

interface Series {
  readonly what: string;
  readonly lock: 'endpoints' | 'leases';
  /** Lease, renew deadline and retry period, seconds. */
  readonly terms: readonly [number, number, number];
  /** So many sandboxes side by side, so many rounds on each. */
  readonly sandboxes: number;
  readonly rounds: number;
}

// A round takes its time, not the processor's: five side by side wait for one another's leases, not for a core.
const short = { terms: [5, 3, 1], sandboxes: 5, rounds: 10 } as const;
const real = { terms: [15, 10, 2], sandboxes: 5, rounds: 2 } as const;

const series: readonly Series[] = [
  { what: '`stop`, endpoints (1.6: no release)', lock: 'endpoints', ...short },
  { what: '`stop`, leases (1.36: released)', lock: 'leases', ...short },
  { what: '`stop`, endpoints', lock: 'endpoints', ...real },
  { what: '`stop`, leases', lock: 'leases', ...real },
];

export const handovers: Measurement = {
  name: 'handovers',
  quick: false,
  async measure() {
    const rows: Row[] = [];
    for (const one of series) rows.push(await measure(one));
    return rows;
  },
};

async function measure(one: Series): Promise<Row> {
  const { what, lock, terms, sandboxes, rounds } = one;
  const each = await Promise.all(
    Array.from({ length: sandboxes }, () => withFolder((home) => take(home, one))),
  );
  const taken = each.flat();
  const [leaseDurationMs, renewDeadlineMs, retryPeriodMs] = terms.map((seconds) => seconds * 1000) as [
    number,
    number,
    number,
  ];
  const released = lock === 'leases';
  const rules = { leaseDurationMs, renewDeadlineMs, retryPeriodMs, releasesOnStop: released };
  const prediction = predict({ terms: rules, standbys: 1, faultReleases: released });
  const { distance, p } = kolmogorov(taken, shareUpTo(prediction.quantile));
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  const found = `median ${seconds(median(taken))} s, ${seconds(Math.min(...taken))} to ${seconds(Math.max(...taken))} s`;
  const rule = `rules: median ${seconds(prediction.p50Ms)} s, ${seconds(prediction.minMs)} to ${seconds(prediction.maxMs)} s`;
  return atLeast(leastP, {
    what: `${what}, lease ${terms.join('/')} s, ${taken.length} of ${sandboxes * rounds} rounds`,
    value: taken.length === 0 ? 0 : p,
    beside: `${found}; ${rule}`,
    tell: (value) =>
      value === leastP ? `p = ${value}` : `D = ${distance.toFixed(3)}, p = ${value.toFixed(3)}`,
  });
}

/** Handovers of one sandbox, milliseconds; rounds that could not be judged are left out. */
async function take(home: string, { lock, terms, rounds }: Series): Promise<readonly number[]> {
  const [lease, renew, retry] = terms;
  const times = [`--lease-duration=${lease}s`, `--renew-deadline=${renew}s`, `--retry-period=${retry}s`];
  const sandbox = await startSandbox(home, [`--lock=${lock}`, ...times]);
  try {
    await mkdir(join(home, 'cwd'));
    const argv = ['failover', '--inventory', sandbox.inventory, '--runs', String(rounds)];
    const { stdout } = await execa(
      process.execPath,
      [cli(), ...argv, '--yes', '--json', '--no-canary', '-q'],
      {
        cwd: join(home, 'cwd'),
        env: environment(home),
        extendEnv: false,
        reject: false,
      },
    );
    const result = stdout === '' ? {} : JSON.parse(stdout);
    const judged: readonly { handoverMs: number | null }[] = result.rounds ?? [];
    return judged.flatMap(({ handoverMs }) => (handoverMs === null ? [] : [handoverMs]));
  } finally {
    await sandbox.down();
  }
}
