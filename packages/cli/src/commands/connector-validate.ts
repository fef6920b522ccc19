import { type Finding, readConnector } from '@patchbay/definition';
import { type Command, formatOption, isJson, printJson } from '../command.ts';
import { readConnectorFiles } from '../connector-files.ts';
import type { Terminal } from '../terminal.ts';

type Report = {
  readonly source: string;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
};

export const connectorValidate: Command = {
  name: 'connector validate',
  summary: 'say exactly what is wrong with a connector',
  arguments: [{ notation: '<path...>', summary: 'folders of connectors, or definition files' }],
  options: [formatOption],
  async run(invocation) {
    const reports: Report[] = [];
    for (const path of invocation.arguments) reports.push(await validate(invocation.terminal, path));
    if (isJson(invocation)) printJson(invocation.terminal, reports);
    else for (const report of reports) printReport(invocation.terminal, report);
    return reports.some((report) => report.errors > 0) ? 1 : 0;
  },
};

async function validate(terminal: Terminal, path: string): Promise<Report> {
  const { findings } = readConnector(await readConnectorFiles(terminal, path));
  const count = (severity: Finding['severity']): number => findings.filter((one) => one.severity === severity).length;
  return { source: path, errors: count('error'), warnings: count('warning'), findings };
}

function printReport(terminal: Terminal, report: Report): void {
  for (const finding of report.findings) {
    const suggestion = finding.suggestion === undefined ? '' : `\n    ${finding.suggestion}`;
    terminal.out(
      `${finding.source}:${finding.line}:${finding.column} ${finding.severity} ${finding.code}\n    ${finding.message}${suggestion}\n`,
    );
  }
  const verdict = report.errors === 0 ? 'good' : 'has errors';
  terminal.out(`${report.source}: ${verdict} (${report.errors} errors, ${report.warnings} warnings)\n`);
}
