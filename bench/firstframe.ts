// The lab's first frame beside a Node that does nothing, both in a pseudo-terminal.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atMost, type Measurement, milliseconds, times } from './measurement.ts';
import { inPairs } from './pairing.ts';
import { cli, environment, withFolder } from './places.ts';
import { inTerminal } from './terminal.ts';

const rounds = 9;

export const firstFrame: Measurement = {
  name: 'first-frame',
  quick: true,
  measure: () =>
    withFolder(async (home) => {
      const sandboxes = join(home, 'sandboxes');
      await mkdir(sandboxes);
      const size = { columns: 120, rows: 40, cwd: home };
      const env = { ...environment(home), TMPDIR: sandboxes };
      const start = (argv: readonly string[]) => inTerminal({ ...size, argv, env });
      const lab = async () => {
        const program = start([cli()]);
        const shown = await program.until('kha-lab');
        await program.kill();
        // Its sandbox goes with it, and must not weigh on the next round.
        while ((await readdir(sandboxes)).length > 0) await pause(20);
        return shown;
      };
      const { a, b, ratio } = await inPairs(rounds, () => start(['-e', '0']).ended, lab);
      const beside = `${milliseconds(b)} to ${milliseconds(a)} of node -e 0`;
      return [atMost(3.5, { what: 'first frame of the lab', value: ratio, beside, tell: times })];
    }),
};
