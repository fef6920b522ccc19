import type { Finding } from '@patchbay/definition';
import type { Terminal } from './terminal.ts';

/** What a validation found, as `--format json` gives it. */
export type FindingReport = {
  /** As the command line named it. */
  readonly source: string;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
};

export function reportFindings(source: string, findings: readonly Finding[]): FindingReport {
  const count = (severity: Finding['severity']): number => findings.filter((one) => one.severity === severity).length;
  return { source, errors: count('error'), warnings: count('warning'), findings };
}

export function printFindings(write: Terminal['out'], findings: readonly Finding[]): void {
  for (const { source, line, column, severity, code, message, suggestion } of findings) {
    const more = suggestion === undefined ? '' : `\n    ${suggestion}`;
    write(`${source}:${line}:${column} ${severity} ${code}\n    ${message}${more}\n`);
  }
}

export function printReport(terminal: Terminal, report: FindingReport): void {
  printFindings(terminal.out, report.findings);
  const verdict = report.errors === 0 ? 'good' : 'has errors';
  terminal.out(
    `${report.source}: ${verdict} (${plural(report.errors, 'error')}, ${plural(report.warnings, 'warning')})\n`,
  );
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
