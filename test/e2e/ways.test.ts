// What clients feel of a stopped API server, through each way in, on the sandbox: by both ways of keeping endpoints.
import { expect, it } from 'vitest';
import { makeHome, readTape, type Taped } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, onlyObject, start } from './drivers/program.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';

interface Result {
  readonly recording: string;
  readonly stopped: string;
  readonly reconciler: string | null;
  readonly ways: readonly { readonly way: string; readonly clients: readonly Client[] }[];
}

interface Client {
  readonly client: string;
  readonly asked: number;
  readonly failed: number;
  readonly longestGapMs: number;
}

const whole = {
  version: 1,
  target: 'sandbox',
  affinity: 'ClientIP',
  missing: [],
  restored: true,
  steady: true,
};

async function measure(...flags: readonly string[]) {
  const home = makeHome();
  const ran = await kha(home, ['ways', '--sandbox', '--json', '--no-input', ...flags]);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const result = onlyObject(ran) as Result;
  expect(result).toMatchObject(whole);
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
  const clients = (way: string) => result.ways.find((one) => one.way === way)?.clients ?? [];
  return { result, clients, tape: readTape(result.recording) };
}

/** While the server was down: requests begun after this client's first failure and before the way back was begun. */
function duringTheStop(tape: readonly Taped[], way: string, client: string): readonly Taped[] {
  const issued = tape.find(({ kind, phase }) => kind === 'fault' && phase === 'issued')?.atMs ?? Number.NaN;
  const back = tape.find(
    ({ kind, phase, text, atMs }) =>
      kind === 'command' && phase === 'shown' && /start kube-apiserver/.test(String(text)) && atMs > issued,
  );
  const own = tape.filter((one) => one.kind === 'ask' && one.way === way && one.client === client);
  const first = own.findIndex(({ ok }) => ok === false);
  return first < 0 ? [] : own.slice(first).filter(({ atMs }) => atMs < (back?.atMs ?? Number.NaN));
}

it('counted, the dead address stays: who sticks to it is not answered before the server is back', async () => {
  const { result, clients, tape } = await measure('--hold', '6s');
  expect(result).toMatchObject({ stopped: 'kuberm2', reconciler: 'master-count' });
  const service = clients('service');
  expect(service).toHaveLength(4);
  // Spread in turn over both servers, and each keeps to its own.
  const stuck = service.filter(({ client }) => {
    const asks = duringTheStop(tape, 'service', client);
    return asks.length > 2 && asks.every(({ ok }) => ok === false);
  });
  expect(stuck).toHaveLength(2);
  for (const { longestGapMs } of stuck) expect(longestGapMs).toBeGreaterThan(5_000);
  // The server that the node names is the other one.
  expect(duringTheStop(tape, 'server', 'node').at(-1)?.ok).not.toBe(false);
  // The balancer's checks take it out while it is still down.
  expect(duringTheStop(tape, 'balancer', 'node').at(-1)?.ok).not.toBe(false);
});

it('leased, it is taken out, and its clients are led to another server while it is still down', async () => {
  const { result, clients, tape } = await measure('--hold', '15s', '--endpoint-reconciler', 'lease');
  expect(result).toMatchObject({ reconciler: 'lease' });
  for (const { client } of clients('service'))
    expect(duringTheStop(tape, 'service', client).at(-1)?.ok).not.toBe(false);
});

it('strands the nodes that name the stopped server', async () => {
  const { result, clients, tape } = await measure('--hold', '3s', '--on', 'kuberm');
  expect(result).toMatchObject({ stopped: 'kuberm' });
  const asks = duringTheStop(tape, 'server', 'node');
  expect(asks.length).toBeGreaterThan(2);
  expect(asks.filter(({ ok }) => ok)).toEqual([]);
  expect(clients('server')[0]?.longestGapMs).toBeGreaterThan(2_000);
});

it('kills as in a crash, and is put back when it is interrupted', async () => {
  const home = makeHome();
  const run = start(home, ['ways', '--sandbox', '--json', '--kill', '--hold', '4m']);
  await until('clients fail', () => /container \d through the service kubernetes fails/.test(run.stderr()), {
    instead: () => run.stdout() + run.stderr(),
  });
  run.kill('SIGINT');
  const ran = await run.ended;
  expect(ran.exitCode, ran.stderr).toBe(130);
  expect(onlyObject(ran)).toMatchObject({ ...whole, killed: true });
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
});

it('a dry run shows what would be typed, and does nothing', async () => {
  const home = makeHome();
  const { exitCode, stdout } = await kha(home, ['ways', '--sandbox', '--dry-run', '--on', 'kuberm2']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/on kuberm2 +systemctl --no-block stop kube-apiserver\.service\n +# the fault/);
  expect(stdout).toMatch(/on kuberm +systemd-run --unit=kha-lab-return/);
  expect(stdout).toMatch(/on kuberm2 +systemctl start kube-apiserver\.service\n +# the API server, put back/);
  expect(home.recordings()).toEqual([]);
  const { exitCode: refused, stderr } = await kha(home, ['ways', '--sandbox', '--on', 'kuberm7']);
  expect(refused).toBe(2);
  expect(stderr).toMatch(/no master "kuberm7".*\n?.*kuberm, kuberm2/s);
});
