import { compileDefinition } from '@patchbay/workflow';
import { type Command, formatOption, isJson, printJson } from '../command.ts';
import { openWorkflow } from '../files/workflow-file.ts';
import { printReport, reportFindings } from '../findings.ts';

export const workflowValidate: Command = {
  name: 'workflow validate',
  summary: 'say exactly what is wrong with a flow',
  arguments: [{ notation: '<file>', summary: 'a definition, an ARM resource or a flow package’s file' }],
  options: [formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const path = invocation.arguments[0] ?? '';
    const { file, findings, locate } = await openWorkflow(terminal, path);
    const compiled =
      file === undefined
        ? []
        : compileDefinition(file.definition, { connectionReferences: Object.keys(file.connectionReferences) }).findings;
    const report = reportFindings(path, [...findings, ...compiled.map(locate)]);
    if (isJson(invocation)) printJson(terminal, [report]);
    else printReport(terminal, report);
    return report.errors === 0 ? 0 : 1;
  },
};
