import type { Finding } from '@patchbay/definition';
import { flowForms, type WrittenFlow, writeFlow } from '@patchbay/workflow';
import { type Command, formatOption, isJson, printJson, text } from '../command.ts';
import { loadWorkflow } from '../files/workflow-file.ts';
import { writeFlowFiles } from '../files/write-flow-files.ts';
import { printFindings } from '../findings.ts';
import { flowForm } from './flow-form.ts';

/** What the form has no place for is told, and is no failure. */
export const workflowConvert: Command = {
  name: 'workflow convert',
  summary: 'write a flow in another form, for another product',
  arguments: [{ notation: '<source>', summary: 'a file, a folder or an archive with a flow in any form' }],
  options: [
    { notation: '--to <form>', summary: flowForms.join(', '), isRequired: true },
    { notation: '--out <path>', summary: 'a folder, or a file named .zip or .json', isRequired: true },
    { notation: '--flow <name>', summary: 'of several flows, the one that is meant: its name or id' },
    { notation: '--replace', summary: 'write over what is there' },
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const source = invocation.arguments[0] ?? '';
    const form = flowForm(text(invocation, 'to') ?? '');
    const out = text(invocation, 'out') ?? '.';
    const { document, findings } = await loadWorkflow(terminal, source, text(invocation, 'flow'));
    const made = writeFlow(document, form);
    const written = await writeFlowFiles(terminal, out, made.files, invocation.options['replace'] === true);
    const all = [...findings, ...made.findings.map((finding) => aboutOutput(out, finding))];
    if (isJson(invocation)) printJson(terminal, { source, flow: document.name, form, written, findings: all });
    else {
      printFindings(terminal.out, all);
      terminal.out(`${source}: "${document.name}" written to ${written.join(', ')}\n`);
    }
    return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

function aboutOutput(out: string, { code, severity, message, pointer }: WrittenFlow['findings'][number]): Finding {
  return { code, severity, message, source: out, pointer, line: 1, column: 1 };
}
