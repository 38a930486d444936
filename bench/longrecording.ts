// A recording of ten million lines, read to its end: how long it takes, and how little memory.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { atMost, type Measurement, megabytes, type Row, told } from './measurement.ts';
import { withFolder } from './places.ts';
import { ran } from './ran.ts';

const lines = Number(process.env.KHA_BENCH_LINES ?? 10_000_000);
const most = 300e6;

export const longRecording: Measurement = {
  name: 'long-recording',
  quick: false,
  measure: () =>
    withFolder(async (home) => {
      const file = join(home, 'long.ndjson');
      await write(file);
      const { size } = await stat(file);
      const [whole, plain] = [
        await ran(home, ['replay', file, '--json']),
        await ran(home, ['replay', file, '--plain']),
      ];
      const what = `${lines.toLocaleString('en')} lines`;
      return [
        told({ what: `${what}: the file`, value: size, tell: megabytes }),
        atMost(most, {
          what: `${what}, \`replay --json\`: memory at its highest (RSS)`,
          value: whole.peak,
          tell: megabytes,
        }),
        atMost(most, {
          what: `${what}, \`replay --plain\`: memory at its highest (RSS)`,
          value: plain.peak,
          tell: megabytes,
        }),
        told({
          what: `${what}, \`replay --json\`: read to the end`,
          value: whole.seconds,
          tell: (s) => `${s.toFixed(0)} s`,
        }),
      ] satisfies readonly Row[];
    }),
};

/** A watch of months: renewals, looks, requests, and now and then something else. */
async function write(file: string): Promise<void> {
  const out = createWriteStream(file);
  const stamp = (seq: number) => `"seq":${seq},"atMs":${seq * 20},"errorMs":0.2,"host":"kuberm"`;
  const head = {
    ...{ kind: 'run', version: 1, tool: 'bench', startedAt: '2026-11-22T19:50:00.000000Z', what: 'failover' },
    ...{
      target: 'bench',
      command: ['kha-lab', 'failover'],
      masters: [{ name: 'kuberm', address: '127.0.0.1' }],
    },
  };
  out.write(`{"seq":0,"atMs":0,"errorMs":0,"host":null,${JSON.stringify(head).slice(1)}\n`);
  const log = (seq: number, event: string) =>
    `{${stamp(seq)},"kind":"log","component":"kube-scheduler","line":"I1122 leaderelection.go:273] line ${seq}","event":${event},"writtenMs":null,"arrivedMs":${seq * 20}}\n`;
  for (let seq = 1; seq < lines - 1; ) {
    let batch = '';
    for (const end = Math.min(lines - 1, seq + 5000); seq < end; seq += 1)
      batch +=
        seq % 100 === 0
          ? `{${stamp(seq)},"kind":"clock","offsetMs":0.1,"offsetErrorMs":0.2}\n`
          : log(seq, seq % 10 === 0 ? '{"is":"renewed","lock":null}' : 'null');
    if (!out.write(batch)) await once(out, 'drain');
  }
  out.end(`{${stamp(lines)},"kind":"end","exit":0}\n`);
  await finished(out);
}
