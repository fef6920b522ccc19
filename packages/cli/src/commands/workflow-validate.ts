import { compileDefinition } from '@patchbay/workflow';
import { type Command, formatOption, isJson, printJson } from '../command.ts';
import { openWorkflows } from '../files/workflow-file.ts';
import { printReport, reportFindings } from '../findings.ts';

export const workflowValidate: Command = {
  name: 'workflow validate',
  summary: 'say exactly what is wrong with a flow',
  arguments: [{ notation: '<source>', summary: 'a file, a folder or an archive with flows in any form' }],
  options: [formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const path = invocation.arguments[0] ?? '';
    const { flows, findings } = await openWorkflows(terminal, path);
    const compiled = flows.flatMap(({ file, locate }) => {
      const { definition, connectionReferences, dialect } = file;
      const options = {
        connectionReferences: Object.keys(connectionReferences),
        ...(dialect !== undefined && { dialect }),
      };
      return compileDefinition(definition, options).findings.map(locate);
    });
    const report = reportFindings(path, [...findings, ...compiled]);
    if (isJson(invocation)) printJson(terminal, [report]);
    else printReport(terminal, report);
    return report.errors === 0 ? 0 : 1;
  },
};
