import { defineConfig } from 'vitest/config';

/** The tests that are run against mutants of core: core's own, which read no file outside it. */
export default defineConfig({
  test: { include: ['src/core/**/*.test.ts'], testTimeout: 60_000 },
});
