// The tests on real masters: two pairs at a time, as most of it is waiting, with the patience that real leases and first builds need.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/masters/**/*.test.ts'],
    globalSetup: ['test/masters/global-setup.ts'],
    // Colours and live drawing look at CI; whether a skip is a failure must survive that.
    env: {
      CI: 'false',
      FORCE_COLOR: '0',
      NODE_ENV: 'production',
      KHA_MASTERS_REQUIRED: process.env.CI === 'true' ? 'yes' : 'no',
    },
    maxWorkers: 2,
    testTimeout: 420_000,
    hookTimeout: 300_000,
    reporters: ['verbose'],
  },
});
