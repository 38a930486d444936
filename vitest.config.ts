// The tests that run everywhere; real masters have their own configuration in test/masters.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that run the built program, or its processes: they wait for a build, and for real programs on a busy machine. */
const built = ['test/e2e/**/*.test.{ts,tsx}', 'test/sandbox/**/*.test.{ts,tsx}'];

export default defineConfig({
  // Production React has no development JSX.
  oxc: { jsx: { development: false } },
  test: {
    // What programs under test see says nothing of a pipeline; tests that need a tool there ask KHA_CI.
    env: { CI: 'false', KHA_CI: process.env.CI ?? '', FORCE_COLOR: '0', NODE_ENV: 'production' },
    // Most of a test here is waiting for real programs: two at a time, however small the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [
            ...built,
            'test/masters/**',
            'test/package/**',
            'test/conformance/{conformance,manifests}.test.ts',
            'node_modules/**',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: built,
          globalSetup: ['test/built/global-setup.ts'],
          // Real programs on a machine that others may load: what fails twice is broken.
          retry: process.env.CI === 'true' ? 1 : 0,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
