// The lanes of a round's picture: what each master did, who held the lock, what each witness saw.
import type { Mark, MarkName, Round, Testimony, Witness } from '../../model/round.ts';
import type { Beat } from '../../model/runbeats.ts';
import type { RoundTold, RunTold } from '../../model/runtold.ts';

export interface LaneMark {
  readonly name: MarkName;
  readonly atMs: number;
  readonly errorMs: number;
  readonly bounds: Testimony['bounds'];
}

export interface LaneSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: string;
}

export interface Lane {
  readonly name: string;
  readonly spans: readonly LaneSpan[];
  readonly marks: readonly LaneMark[];
  readonly beats: readonly Beat[];
}

export function lanesOf(told: RoundTold, run: RunTold): readonly Lane[] {
  const { round } = told;
  return [
    ...run.masters.map(({ name }) => masterLane(name, told)),
    { name: 'the lock', spans: holdings(round), marks: [], beats: [] },
    ...witnessLanes(round),
  ];
}

const ours: readonly MarkName[] = ['leaseExpired'];

function masterLane(name: string, { round, beats }: RoundTold): Lane {
  const own = round.marks.filter((mark) => mark.host === name && !ours.includes(mark.name));
  const renewals = beats.filter(({ host, is }) => host === name && is === 'renewed');
  return {
    name,
    spans: leading(name, round),
    marks: own.map((mark) => ({ ...mark, bounds: 'at' as const })),
    // A leader looks each time before it renews: that is no look of a standby.
    beats: beats.filter(
      ({ host, is, atMs }) =>
        host === name &&
        (is === 'renewed' ||
          (is === 'looked' && !renewals.some((one) => one.atMs >= atMs && one.atMs - atMs < 500))),
    ),
  };
}

const far = 1e12;

/** When a master acted as leader. A frozen one does not until it is woken. */
function leading(name: string, { marks, from, to, fault }: Round): readonly LaneSpan[] {
  const at = (mark: MarkName) => marks.find((one) => one.name === mark)?.atMs;
  const issued = at('faultIssued') ?? 0;
  const acquired = at('acquired');
  const words = 'leads';
  const ends = [at('released'), at('leaseLost'), at('instanceGone')].filter((ms) => ms !== undefined);
  const end = ends.length === 0 ? far : Math.min(...ends);
  const spans: LaneSpan[] = [];
  if (name === from) {
    const frozen = fault === 'freeze' || fault === 'zombie';
    spans.push({ fromMs: -far, toMs: frozen ? issued : end, words });
    const woken = at('faultEnded');
    if (fault === 'freeze' && woken !== undefined && end > woken)
      spans.push({ fromMs: woken, toMs: end, words });
  }
  if (name === to && acquired !== undefined) spans.push({ fromMs: acquired, toMs: far, words });
  return spans;
}

/** Who holds the lock: until it was given back or its lease was over, and from when it was taken. */
function holdings({ marks, from, to }: Round): readonly LaneSpan[] {
  const at = (mark: MarkName) => marks.find((one) => one.name === mark)?.atMs;
  const acquired = at('acquired');
  const free = at('released') ?? at('leaseExpired') ?? acquired ?? far;
  const spans: LaneSpan[] = [{ fromMs: -far, toMs: free, words: `held by ${from}` }];
  if (acquired !== undefined) spans.push({ fromMs: acquired, toMs: far, words: `held by ${to ?? from}` });
  return spans;
}

const order: readonly Witness[] = [
  'fault command',
  'unit state',
  'log line',
  'lock record',
  'lock watch',
  'LeaderElection event',
  'canary pod',
  'rules',
  'way back',
];

function witnessLanes({ marks, witnesses = [] }: Round): readonly Lane[] {
  return order.flatMap((witness) => {
    const seen = marks
      .filter((mark) => mark.witness === witness)
      .map((mark) => ({ ...mark, bounds: 'at' as const }));
    const told = witnesses
      .filter((one) => one.witness === witness && !seen.some((mark) => same(mark, one)))
      .map(({ atMs, errorMs, bounds }): LaneMark => ({ name: 'acquired', atMs, errorMs, bounds }));
    return seen.length + told.length === 0
      ? []
      : [{ name: witness, spans: [], marks: [...seen, ...told], beats: [] }];
  });
}

function same(mark: Mark, { atMs, bounds }: Testimony): boolean {
  return mark.name === 'acquired' && bounds === 'at' && mark.atMs === atMs;
}
