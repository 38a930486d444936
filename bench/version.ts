// kha-lab --version beside a Node that does nothing.
import { spawn } from 'node:child_process';
import { atMost, type Measurement, milliseconds, times } from './measurement.ts';
import { inPairs } from './pairing.ts';
import { cli, environment, withFolder } from './places.ts';

const rounds = 25;

export const version: Measurement = {
  name: 'version',
  quick: true,
  measure: () =>
    withFolder(async (home) => {
      const take = (argv: readonly string[]) => () => untilExit(argv, environment(home));
      const { a, b, ratio } = await inPairs(rounds, take(['-e', '0']), take([cli(), '--version']));
      const beside = `${milliseconds(b)} to ${milliseconds(a)} of node -e 0`;
      return [atMost(2, { what: '`kha-lab --version`', value: ratio, beside, tell: times })];
    }),
};

function untilExit(argv: readonly string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, argv, { env, stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(performance.now() - started);
      else reject(new Error(`node ${argv.join(' ')} ended with ${code}`));
    });
  });
}
