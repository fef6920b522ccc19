import type { Report } from './report.ts';
/** Evaluates every row of the files at or below a path. Rows whose expectation is disputed are skipped when they differ. */
export declare function runExpressions(path: string): Promise<Report>;
