// The sandbox: how soon it is ready and how much memory it holds, beside a real control plane of the same shape.
import {
  atMost,
  leftOut,
  type Measurement,
  megabytes,
  milliseconds,
  plain,
  type Row,
  told,
} from './measurement.ts';
import { median } from './pairing.ts';
import { withFolder } from './places.ts';
import { pss, treeOf } from './processes.ts';
import { lacksForReal, startReal } from './real.ts';
import { startSandbox } from './sandbox.ts';

const rounds = 5;
/** On two quiet cores; a busy machine keeps it at its best moment at least. */
const quietMs = 1000;
/** It is 0.28 there (1.0 s beside 3.6 s); a busy machine is harder on many short processes than on few long ones. */
const part = 0.4;
const what = {
  ready: 'sandbox ready: both masters answer, both components lead',
  wall: 'the same from the start of `kha-lab sandbox up`',
  memory: 'memory of it all (PSS), kha-lab itself included',
  own: 'of which kha-lab itself',
};

interface Taken {
  readonly ready: number[];
  readonly wall: number[];
  readonly memory: number[];
  readonly own: number[];
}

export const sandboxReady: Measurement = {
  name: 'sandbox-ready',
  quick: true,
  measure: () => withFolder(measure),
};

async function measure(home: string): Promise<readonly Row[]> {
  const lacks = await lacksForReal();
  const sandbox: Taken = { ready: [], wall: [], memory: [], own: [] };
  const real: { ms: number[]; memory: number[] } = { ms: [], memory: [] };
  for (let round = 0; round < rounds; round += 1) {
    await takeSandbox(home, sandbox);
    if (lacks !== null) continue;
    const plane = await startReal();
    real.ms.push(plane.readyMs);
    real.memory.push(pss(plane.pids()));
    await plane.down();
  }
  const beside = lacks === null ? `real control plane: ${milliseconds(median(real.ms))}` : '';
  const besideMemory = lacks === null ? `real control plane: ${megabytes(median(real.memory))}` : '';
  const best = { what: `${what.ready}; best of ${rounds}`, value: Math.min(...sandbox.ready) };
  const ready = { what: `${what.ready}; median`, value: median(sandbox.ready) };
  const ratio = { what: 'of what the real one takes', value: ready.value / median(real.ms), tell: plain };
  const memory = { what: what.memory, value: median(sandbox.memory), beside: besideMemory };
  return [
    atMost(quietMs, { ...best, tell: milliseconds }),
    told({ ...ready, beside, tell: milliseconds }),
    lacks === null ? atMost(part, ratio) : leftOut('a real control plane', lacks),
    told({ what: what.wall, value: median(sandbox.wall), tell: milliseconds }),
    atMost(400e6, { ...memory, tell: megabytes }),
    told({ what: what.own, value: median(sandbox.own), tell: megabytes }),
  ];
}

async function takeSandbox(home: string, taken: Taken): Promise<void> {
  const sandbox = await startSandbox(home);
  const own = pss([sandbox.pid]);
  taken.ready.push(sandbox.readyMs);
  taken.wall.push(sandbox.wallMs);
  taken.own.push(own);
  taken.memory.push(pss(treeOf(sandbox.pid)));
  await sandbox.down();
}
