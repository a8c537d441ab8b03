import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // No module keeps state, so files of one worker share what they import: loading it costs more than most tests
    isolate: false,
    // Most of a test's time is spent waiting for the database and for HTTP
    maxWorkers: 4,
  },
});
