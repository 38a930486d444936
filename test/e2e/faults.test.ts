// Every way a leader can go, in the sandbox: measured, explained, and put back; and what no fault is issued for.
import { expect, it } from 'vitest';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { quickTerms } from './drivers/sandbox.ts';

interface Told {
  readonly restored: boolean;
  readonly steady: boolean;
  readonly rounds: readonly {
    readonly from: string;
    readonly to: string | null;
    readonly verdict: string;
    readonly why?: string;
    readonly on?: string;
    readonly handoverMs: number | null;
    readonly twoLeadersMs: number | null;
    readonly emptied?: { readonly successor: string; readonly retakenBy: string } | null;
    readonly marks: readonly { readonly name: string; readonly atMs: number; readonly witness: string }[];
  }[];
}

async function failover(...words: string[]) {
  const home = makeHome();
  const ran = await kha(home, ['failover', '--sandbox', '--json', ...quickTerms, ...words]);
  expect(home.pending()).toEqual([]);
  return ran;
}

async function measured(...words: string[]) {
  const ran = await failover(...words);
  expect(`${ran.exitCode} ${ran.stdout.slice(0, 1)}`, ran.stdout + ran.stderr).toBe('0 {');
  const told = onlyObject(ran) as unknown as Told;
  expect(told).toMatchObject({ restored: true, steady: true });
  const [round] = told.rounds;
  if (!round) throw new Error('no round');
  const mark = (name: string) => round.marks.find((one) => one.name === name)?.atMs;
  return { round, mark };
}

const leaseRunsOut = { least: 4_000 - 50, most: 9_400 + 1_500 };

it.each([
  ['kill', 'kube-scheduler', 'leases'],
  ['freeze', 'kube-controller-manager', 'leases'],
  ['apiserver', 'kube-scheduler', 'leases'],
  ['cut', 'kube-scheduler', 'leases'],
  ['kill', 'kube-controller-manager', 'endpoints'],
  ['cut', 'kube-controller-manager', 'endpoints'],
])('%s of %s (%s)', async (fault, component, lock) => {
  const { round } = await measured('--fault', fault, '--component', component, '--lock', lock);
  expect(round).toMatchObject({ from: 'kuberm', to: 'kuberm2', verdict: 'passed' });
  expect(round.handoverMs).toBeGreaterThan(leaseRunsOut.least);
  expect(round.handoverMs).toBeLessThan(leaseRunsOut.most);
  if (fault === 'freeze') expect(round.twoLeadersMs).toBeGreaterThan(1_000);
});

it('a zombie empties its successor’s record where it releases at all, and not as 1.6', {
  timeout: 300_000,
}, async () => {
  const zombie = (lock: string) => measured('--fault', 'zombie', '--lock', lock);
  const [first, then] = await Promise.all([zombie('leases'), zombie('endpoints')]);
  let today = first;
  // Woken, it may look once before it obeys: it then knows who leads and empties nothing. A busy machine makes that likelier.
  for (let again = 0; today.round.emptied === null && again < 3; again += 1) today = await zombie('leases');
  expect(today.round.emptied).toMatchObject({ successor: 'kuberm2', retakenBy: 'kuberm2' });
  expect(then.round.emptied).toBeNull();
});

it.each([
  ['kube-scheduler', 'leases'],
  ['kube-controller-manager', 'endpoints'],
])('the store gone: all lose, and one leads once it is back (%s, %s)', async (component, lock) => {
  const { round, mark } = await measured('--fault', 'etcd', '--component', component, '--lock', lock);
  expect(round.verdict, round.why).toBe('passed');
  expect(mark('acquired')).toBeGreaterThan(mark('faultEnded') ?? Number.POSITIVE_INFINITY);
  // It leads only after the way back, and its own line, which may come later still, is the mark all the same.
  expect(round.marks.find(({ name }) => name === 'acquired')?.witness).toBe('log line');
  expect(mark('leaseLost')).toBeLessThan(mark('faultEnded') ?? 0);
});

it('a standby may go, and the leader keeps the lock', async () => {
  const { round } = await measured('--on', 'standby', '--lock', 'leases');
  expect(round).toMatchObject({
    from: 'kuberm',
    on: 'kuberm2',
    to: null,
    verdict: 'passed',
    handoverMs: null,
  });
  expect(round.why).toMatch(/^No handover: kuberm2 only stood by/);
});

it('a fault is held as long as is asked', async () => {
  const { mark } = await measured('--lock', 'leases', '--hold', '9s');
  expect(mark('faultEnded')).toBeGreaterThanOrEqual(9_000 - 50);
});

it('killed and let restart, one of 1.6 takes its own lock back: no handover', async () => {
  const { round } = await measured('--fault', 'kill', '--let-restart', '--lock', 'endpoints');
  expect(round).toMatchObject({ from: 'kuberm', to: null, handoverMs: null, verdict: 'passed' });
  expect(round.why).toMatch(/^No handover: kuberm was started again and took its own lock back/);
});

it.each([
  [['--runs', '0'], 2, /runs/],
  [['--fault', 'explode'], 2, /no fault "explode"/],
  [['--component', 'kubelet'], 2, /kubelet/],
  [
    ['--hold', '10m'],
    2,
    /--hold is longer than the way back allows: .* after 5m at most[\s\S]*--hold 4m24s or less/,
  ],
  [['--on', 'kuberm9'], 2, /kuberm9.*none of these masters/],
])('no fault is issued for %j', async (words, code, why) => {
  const { exitCode, stdout, stderr } = await failover(...words);
  expect(`${exitCode} ${stdout}${stderr}`).toMatch(why);
  expect(exitCode).toBe(code);
  expect(stderr).not.toMatch(/issued/);
});
