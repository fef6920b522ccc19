import { compileDefinition } from '@patchbay/workflow';
import { type Command, formatOption, isJson, printJson } from '../command.ts';
import { readWorkflow } from '../workflow-files.ts';

export const workflowValidate: Command = {
  name: 'workflow validate',
  summary: 'say exactly what is wrong with a flow',
  arguments: [{ notation: '<file>', summary: 'a definition, an ARM resource or a flow package’s file' }],
  options: [formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const source = invocation.arguments[0] ?? '';
    const { definition, connectionReferences } = await readWorkflow(terminal, source);
    const { findings } = compileDefinition(definition, { connectionReferences: Object.keys(connectionReferences) });
    const errors = findings.filter((finding) => finding.severity === 'error').length;
    const warnings = findings.length - errors;
    if (isJson(invocation)) printJson(terminal, [{ source, errors, warnings, findings }]);
    else {
      for (const { severity, code, message, pointer } of findings)
        terminal.out(`${source}${pointer} ${severity} ${code}\n    ${message}\n`);
      terminal.out(`${source}: ${errors === 0 ? 'good' : 'has errors'} (${errors} errors, ${warnings} warnings)\n`);
    }
    return errors === 0 ? 0 : 1;
  },
};
