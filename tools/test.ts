import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { startVitest } from 'vitest/node';

/**
 * Runs every test and closes with what a person must know: each skipped test by name with its reason, and one line
 * `N passed, N failed, N skipped`. Arguments are file filters, as for the runner itself.
 */
class ClosingReport implements Reporter {
  #passed = 0;
  #failed = 0;
  readonly #skipped: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.#passed += 1;
    else if (result.state === 'failed') this.#failed += 1;
    else {
      const reason = result.state === 'skipped' && result.note !== undefined ? ` (${result.note})` : '';
      this.#skipped.push(`${test.module.relativeModuleId} > ${test.fullName}${reason}`);
    }
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    // A file that could not even be collected has no test case to count.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    if (this.#skipped.length > 0) console.log(`\nSkipped:\n${this.#skipped.map((name) => `  ${name}`).join('\n')}`);
    console.log(
      `\n${this.#passed} passed, ${this.#failed + broken + unhandledErrors.length} failed, ${this.#skipped.length} skipped`,
    );
  }
}

const runner = await startVitest('test', process.argv.slice(2), {
  watch: false,
  reporters: ['default', new ClosingReport()],
});
await runner.close();
