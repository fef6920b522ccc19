import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '.cache/**'];

/**
 * Two projects: everything that runs beside the code shares two workers (no module state anywhere makes that safe and
 * ten times faster); product journeys in `e2e/` start processes and browsers, so each file has a worker of its own, one after the other.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'packages',
          include: ['{packages,examples,tools,conformance,bench}/**/*.test.{ts,tsx}'],
          exclude: ignored,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['e2e/**/*.test.ts'],
          exclude: ignored,
          isolate: true,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
