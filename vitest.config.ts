import { defineConfig } from 'vitest/config'

const jsx = { jsx: 'automatic', jsxImportSource: 'preact' } as const

/** Unit tests stand beside the code; integration and end-to-end tests stand in test/ and use the real thing. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        esbuild: jsx,
        test: { name: 'unit', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
      },
      {
        esbuild: jsx,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/postgres-for-tests.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        esbuild: jsx,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/postgres-for-tests.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        esbuild: jsx,
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          globalSetup: ['test/support/postgres-for-tests.ts'],
          testTimeout: 900_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
