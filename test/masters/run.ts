// `npm run test:masters`: the tests on real masters; with `--full` every moment of the way back too, which takes hours.
import { runTests } from '../run.ts';

const words = process.argv.slice(2);
if (words.includes('--full')) process.env.KHA_MOMENTS ??= '20';
process.exitCode = await runTests(
  ['--config', 'test/masters/vitest.config.ts', '--reporter=verbose'],
  words.filter((word) => word !== '--full'),
);
