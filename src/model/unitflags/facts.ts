// One flag of a component: since when, until when, and what it is for.

export interface FlagFacts {
  /** The first minor version that knows it; left out: 6 or earlier. */
  readonly since?: number;
  /** The last minor version that knows it; left out: it is still there. */
  readonly until?: number;
  /** What it is for, to follow its name: `--v: how much is logged`. */
  readonly means: string;
  /** `place`: a file or folder, which lies where an installation put it. `own`: each master has its own value. */
  readonly sort?: 'place' | 'own';
  /** What holds when it is left out; by minor version where that changed. */
  readonly byDefault?: string | ((minor: number) => string | null);
}

export type FlagTable = Readonly<Record<string, FlagFacts>>;

/**
 * Flags of every component, most of them klog's. Those about files were deprecated in 1.23 and are gone from 1.26
 * (KEP 2845, kubernetes/kubernetes#112120).
 */
export const everyonesFlags: FlagTable = {
  config: { sort: 'place', means: 'a file that says what flags say' },
  v: { means: "how much is logged: a standby's looks from 4, a leader's renewals from 5, requests from 6" },
  logtostderr: {
    until: 25,
    byDefault: 'true',
    means: 'false: klog writes files of its own; true: stderr, which systemd keeps in the journal',
  },
  'log-dir': { until: 25, sort: 'place', means: "the folder of klog's files" },
  ...Object.fromEntries(
    [
      'add-dir-header',
      'alsologtostderr',
      'log-backtrace-at',
      'log-file',
      'log-file-max-size',
      'one-output',
      'skip-headers',
      'skip-log-headers',
      'stderrthreshold',
    ].map((name) => [name, { until: 25, means: "one of klog's flags about files" }]),
  ),
};
