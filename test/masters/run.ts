// `npm run test:masters`: the tests on real masters; with `--full` every moment of the way back too, which takes hours.
import { execa } from 'execa';

const words = process.argv.slice(2);
const full = words.includes('--full');
const config = ['--config', 'test/masters/vitest.config.ts'];
const { exitCode } = await execa('vitest', ['run', ...config, ...words.filter((word) => word !== '--full')], {
  preferLocal: true,
  stdio: 'inherit',
  reject: false,
  env: full ? { KHA_MOMENTS: process.env.KHA_MOMENTS ?? '20' } : {},
});
process.exitCode = exitCode ?? 1;
