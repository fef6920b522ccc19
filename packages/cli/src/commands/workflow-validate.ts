import { type Command, formatOption, type Invocation, isJson, printJson, text } from '../command.ts';
import { type GivenConnectors, readConnectorShapes } from '../connector-shapes-argument.ts';
import { readObjectArgument } from '../files/json-argument.ts';
import { checkWorkflow, openWorkflows } from '../files/workflow-file.ts';
import { type FindingReport, printReport, reportFindings } from '../findings.ts';
import { CommandError, type ExitCode } from '../terminal.ts';

export const workflowValidate: Command = {
  name: 'workflow validate',
  summary: 'say exactly what is wrong with a flow',
  arguments: [{ notation: '<source...>', summary: 'files, folders or archives with flows in any form' }],
  options: [
    {
      notation: '--connections <json>',
      summary:
        'connectors that calls are checked against, by reference: {"name": {"connector": "<dir>"}}, or @file, as for workflow run',
    },
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const argument = await readObjectArgument(terminal, '--connections', text(invocation, 'connections'));
    const given = await readConnectorShapes(invocation, argument);
    const reports: FindingReport[] = [];
    let code: ExitCode = 0;
    for (const path of invocation.arguments) {
      const report = await validate(invocation, path, given);
      if (report === undefined) code = 2;
      else reports.push(report);
    }
    if (isJson(invocation)) printJson(terminal, reports);
    else for (const report of reports) printReport(terminal, report);
    if (code === 0 && reports.some((report) => report.errors > 0)) return 1;
    return code;
  },
};

/** One that is not there does not keep the others from being checked. */
async function validate(
  { terminal }: Invocation,
  path: string,
  given: GivenConnectors,
): Promise<FindingReport | undefined> {
  try {
    const { flows, findings } = await openWorkflows(terminal, path);
    const compiled = flows.flatMap((flow) => checkWorkflow(flow, given.names, given.find));
    return reportFindings(path, inOrder([...findings, ...compiled]));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.err(`${error.message}\n`);
    return undefined;
  }
}

/** File by file, as they were read, and from the top of each to its end. */
function inOrder(findings: FindingReport['findings']): FindingReport['findings'] {
  const files = [...new Set(findings.map(({ source }) => source))];
  return findings.toSorted(
    (left, right) =>
      files.indexOf(left.source) - files.indexOf(right.source) || left.line - right.line || left.column - right.column,
  );
}
