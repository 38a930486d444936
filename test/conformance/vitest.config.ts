// The contest with client-go: a few minutes of waiting for leases, so it is no part of the ordinary tests.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/conformance/{conformance,manifests}.test.ts'],
    // Whether a skip is a failure must survive what colours and live drawing make of CI.
    env: {
      CI: 'false',
      FORCE_COLOR: '0',
      NODE_ENV: 'production',
      KHA_CONFORMANCE_REQUIRED: process.env.CI === 'true' ? 'yes' : 'no',
    },
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['verbose'],
  },
});
