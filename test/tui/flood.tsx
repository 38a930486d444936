// Two logs of 5,000 lines a second each: frames a second, heap and longest frame, on a terminal in memory.
// npx tsx test/tui/flood.tsx [seconds]
import type { ReadStream } from 'node:tty';
import type { Observation } from '../../src/model/observation.ts';
import { Canvas } from '../../src/tui/canvas.ts';
import { Expectations } from '../../src/tui/expected.ts';
import { nothingRead } from '../../src/tui/input.ts';
import { mountScreens } from '../../src/tui/mount.tsx';
import { Store } from '../../src/tui/store.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { Keyboard } from './mounted.ts';
import { handover, plan } from './stream.ts';

export interface FloodResult {
  readonly framesPerSecond: number;
  readonly linesPerSecond: number;
  readonly longestFrameMs: number;
  /** Part of one processor's time. */
  readonly cpu: number;
  /** Megabytes, halfway and at the end. */
  readonly heapMb: readonly [number, number];
}

export async function flood(seconds: number, columns = 120, rows = 40): Promise<FloodResult> {
  const listeners = new Set<(observation: Observation) => void>();
  const from = performance.now();
  const nowMs = () => performance.now() - from;
  const store = new Store({
    plan: () => plan,
    explanation: () => null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    intend: () => {},
    nowMs,
  });
  let frames = 0;
  let longestFrameMs = 0;
  const target = {
    columns,
    rows,
    write() {
      frames += 1;
      return true;
    },
  };
  const expectations = new Expectations();
  const unmount = mountScreens({
    store,
    theme: themeFor({ env: { LANG: 'C.UTF-8' } }),
    memory: { ...nothingRead },
    canvas: new Canvas(target),
    stdin: new Keyboard() as unknown as ReadStream,
    subject: () => ({
      ...{ scene: store.scene, doing: store.doing, view: { ...store.view, detail: 'all' as const } },
      ...{
        plan,
        title: 'flood',
        nowMs: nowMs(),
        waitingFor: 'lines',
        columns,
        rows,
        expectations,
        playback: null,
      },
      explain: () => null,
      book: (key) => store.book(key),
    }),
    press: () => {},
    onFailure: (error) => {
      throw error;
    },
    tickMs: () => null,
    onRender: ({ renderTime }) => {
      longestFrameMs = Math.max(longestFrameMs, renderTime);
    },
  });
  const tell = (observation: Observation) => {
    for (const listener of listeners) listener(observation);
  };
  for (const observation of handover()) if (observation.atMs < 15_000) tell(observation);
  let lines = 0;
  const cpuBefore = process.cpuUsage();
  const heap: number[] = [];
  while (nowMs() < seconds * 1000) {
    for (const due = (nowMs() / 1000) * 10_000; lines < due; lines += 1) {
      const host = lines % 2 === 0 ? 'kuberm' : 'kuberm2';
      const line = `I1122 19:50:29.542290    4242 round_trippers.go:443] GET https://172.16.155.158:6443/api/v1/pods/${lines} 200 OK`;
      const stamp = { seq: 1000 + lines, atMs: nowMs(), errorMs: 0.2, host };
      tell({
        kind: 'log',
        component: 'kube-scheduler',
        line,
        event: null,
        writtenMs: null,
        arrivedMs: nowMs(),
        ...stamp,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (heap.length === 0 && nowMs() > seconds * 500) heap.push(process.memoryUsage().heapUsed / 1e6);
  }
  heap.push(process.memoryUsage().heapUsed / 1e6);
  const used = process.cpuUsage(cpuBefore);
  unmount();
  store.close();
  return {
    framesPerSecond: frames / seconds,
    linesPerSecond: lines / seconds,
    longestFrameMs,
    cpu: (used.user + used.system) / 1e6 / seconds,
    heapMb: [heap[0] ?? 0, heap[1] ?? 0],
  };
}

if (process.argv[1]?.endsWith('flood.tsx')) {
  const result = await flood(Number(process.argv[2] ?? 60));
  console.log({ ...result, rssMb: process.memoryUsage().rss / 1e6 });
}
