/** What a run against a corpus found. */
export type Report = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** For a person: each failure, and what else is worth knowing. */
  readonly lines: readonly string[];
  /** Where not every failure counts: what falls short of what is asked for. */
  readonly shortfalls?: readonly string[];
};

/** Prints a report; the last line is always `N passed, N failed, N skipped`. */
export function printReport(report: Report): void {
  for (const line of report.lines) console.log(line);
  for (const line of report.shortfalls ?? []) console.log(`falls short: ${line}`);
  console.log(`${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
}

/** Whether all is as asked for. */
export function isAsAsked({ failed, shortfalls }: Report): boolean {
  return shortfalls === undefined ? failed === 0 : shortfalls.length === 0;
}
