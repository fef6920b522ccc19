/** What a run against a corpus found. */
export type Report = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** For a person: each failure, and what else is worth knowing. */
  readonly lines: readonly string[];
};
/** Prints a report; the last line is always `N passed, N failed, N skipped`. */
export declare function printReport(report: Report): void;
