import { defineConfig } from 'vitest/config';

// On a build machine a test that meets a stalled disk or a busy neighbour is tried once more; at the desk it shows at once.
const retry = process.env['CI'] ? 1 : 0;
const database = { globalSetup: ['tests/support/global-setup.ts'], testTimeout: 60_000, hookTimeout: 60_000, retry };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      { test: { name: 'rules', include: ['src/**/*.rules.test.ts', 'scripts/**/*.test.ts', 'web/src/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'int', include: ['src/**/*.int.test.ts', 'tests/faults/**/*.test.ts'], ...database } },
      { test: { name: 'journeys', include: ['tests/journeys/**/*.test.ts'], ...database, testTimeout: 180_000 } },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.e2e.ts'],
          ...database,
          globalSetup: [...database.globalSetup, 'tests/support/unpack-browser.ts'],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 300_000,
        },
      },
    ],
  },
});
