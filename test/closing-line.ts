import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run's output with one line that a script can read: `N passed, N failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      passed += tests.filter(test => test.result().state === 'passed').length
      const fell = tests.filter(test => test.result().state === 'failed').length
      // A file that could not even be loaded counts as one.
      failed += fell === 0 && module.state() === 'failed' ? 1 : fell
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  }
}
