import { defineConfig } from 'vitest/config';

/** Tests that start what `npm start` starts, or open its pages: dist/ is built first where src/ is newer. */
const whole = ['test/browser/**/*.test.ts', 'test/fault/**/*.test.ts', 'test/cli/**/*.test.ts'];

/** Each starts a desk of its own; what a desk is made of is loaded once for all of them. */
const http = ['test/http/**/*.test.ts'];

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // Two cores: one worker would leave one of them idle while Chromium thinks.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: [...whole, ...http] } },
      { extends: true, test: { name: 'http', include: http, isolate: false } },
      {
        extends: true,
        test: { name: 'whole', include: whole, globalSetup: ['test/build-first.ts'], testTimeout: 120_000, hookTimeout: 180_000 },
      },
    ],
  },
});
