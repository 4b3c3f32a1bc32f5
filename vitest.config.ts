import { defineConfig } from 'vitest/config'

// Files share what they import, which costs more than most of them; each has a database or product of its own
const isolate = false

/** Unit tests stand beside the code; integration and end-to-end tests stand in test/ and use the real thing. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: { name: 'unit', isolate, include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
      },
      {
        test: {
          name: 'integration',
          isolate,
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/postgres-for-tests.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          isolate,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/postgres-for-tests.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'long',
          isolate,
          include: ['test/long/**/*.test.ts'],
          globalSetup: ['test/support/postgres-for-tests.ts'],
          testTimeout: 900_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
