import { defineConfig } from 'vitest/config'

/** Tests run on the packages' sources, never on what was built last. */
const conditions = ['isobar-source', 'module', 'node', 'import', 'default']
const resolve = { conditions }
const ssr = { resolve: { conditions, externalConditions: conditions } }

export default defineConfig({
  resolve,
  ssr,
  test: {
    // Every test file of a devnet runs several chains: two at a time keep two cores busy.
    maxWorkers: 2,
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['router-sdk/src/**/*.test.ts', 'relayer/src/**/*.test.ts', 'script/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
})
