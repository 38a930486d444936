// The package as a person gets it, on each Node it is for: it fetches those, so it is no part of the ordinary tests.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/package/*.test.ts'],
    env: { CI: 'false', FORCE_COLOR: '0' },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    reporters: ['verbose'],
  },
});
