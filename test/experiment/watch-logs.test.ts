// A log watcher whose very first question meets a lost connection: the gap is said, and the log is followed after all.
import { expect, test, vi } from 'vitest';
import { watchLog } from '../../src/experiment/watch/logs.ts';
import type { ArrivedLine, Followed } from '../../src/hosts/host.ts';
import { exits, KhaError } from '../../src/model/failure.ts';
import type { Sighting } from '../../src/model/observation.ts';
import { fakeMaster, lostConnection } from './fakemaster.ts';

function followedLines(texts: readonly string[]): Followed {
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  return {
    close,
    ended: closed.then(() => ({ code: null, stderr: '' })),
    async *[Symbol.asyncIterator](): AsyncGenerator<ArrivedLine> {
      for (const text of texts) yield { text, arrivedMs: 0 };
      await closed;
    },
  };
}

test.each(['date +%z', 'tail -n 1 /log'])(
  '"%s" that meets a lost connection is asked again',
  async (lost) => {
    let losses = 1;
    const host = {
      ...fakeMaster('a'),
      follow: () => followedLines(['I1122 20:05:03.886000       1 leaderelection.go:258] one']),
    };
    const master = fakeMaster('a');
    master.before = (line) => {
      if (line !== lost || losses === 0) return {};
      losses -= 1;
      throw lostConnection();
    };
    const ending = new AbortController();
    const said: Sighting[] = [];
    const watching = new Promise<void>((resolve, reject) => {
      watchLog({
        host: { ...host, run: master.run, ask: master.ask },
        component: 'kube-scheduler',
        place: { at: 'file', path: '/log' },
        offsets: [],
        startedMs: 0,
        clock: () => 0,
        signal: ending.signal,
        observe(one) {
          said.push(one);
          if (one.seen.kind === 'log') ending.abort();
        },
      }).then(resolve, reject);
    });
    await watching;
    expect(said.map(({ seen }) => seen.kind)).toEqual(['gap', 'log']);
    expect(losses).toBe(0);
  },
);

test('a refusal by sudo is said once, with what to do, and not asked again every second', async () => {
  const master = fakeMaster('a');
  let asked = 0;
  master.before = (line) => {
    if (!line.startsWith('tail')) return {};
    asked += 1;
    throw new KhaError({ code: 'sudo-refused', exit: exits.unreachable, message: 'No.', tryThis: 'Doctor.' });
  };
  const ending = new AbortController();
  const said: Sighting[] = [];
  vi.useFakeTimers();
  const watching = watchLog({
    host: master,
    component: 'kube-scheduler',
    place: { at: 'file', path: '/log' },
    offsets: [],
    startedMs: 0,
    clock: () => 0,
    signal: ending.signal,
    observe: (one) => said.push(one),
  });
  await vi.advanceTimersByTimeAsync(50_000);
  ending.abort();
  await watching;
  vi.useRealTimers();
  expect(said.map(({ seen }) => seen)).toEqual([
    { kind: 'problem', code: 'sudo-refused', message: 'No.', tryThis: 'Doctor.' },
  ]);
  expect(asked).toBe(2);
});
