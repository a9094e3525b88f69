import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{apps,packages}/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['apps/server/test/support/global-setup.ts'],
    // Files of one worker share its modules: loading the server anew for each took a third of the whole run.
    isolate: false,
    // Tests wait for vendors, databases and processes: one worker a core would leave the cores idle.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/closing-line.ts'],
  },
})
