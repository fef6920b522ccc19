import { type Finding, readZip } from '@patchbay/definition';
import { type FlowFile, flowForms } from '@patchbay/workflow';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { writeFlowFiles } from '../files/write-flow-files.ts';
import { printFindings } from '../findings.ts';
import { chooseFlow } from '../server/list-flows.ts';
import { flowArgument } from './flow-argument.ts';
import { flowForm } from './flow-form.ts';

export const flowDownload: Command = {
  name: 'flow download',
  summary: "write a server's flow into files",
  arguments: [flowArgument],
  options: [
    { notation: '--to <form>', summary: `${flowForms.join(', ')} (default: wrapped)` },
    { notation: '--out <path>', summary: 'a folder, or a file named .zip or .json', isRequired: true },
    { notation: '--replace', summary: 'write over what is there' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const form = flowForm(text(invocation, 'to') ?? 'wrapped');
    const out = text(invocation, 'out') ?? '.';
    const client = await invocation.server();
    const { name, displayName } = await chooseFlow(
      client,
      text(invocation, 'environment'),
      invocation.arguments[0] ?? '',
    );
    const exported = (await client.get(`/api/flows/${encodeURIComponent(name)}/export?form=${form}`)) as Exported;
    const written = await writeFlowFiles(terminal, out, filesOf(exported), invocation.options['replace'] === true);
    const findings = exported.findings.map((finding): Finding => ({ ...finding, source: out, line: 1, column: 1 }));
    if (isJson(invocation)) printJson(terminal, { name, displayName, form, written, findings });
    else {
      printFindings(terminal.err, findings);
      terminal.out(`${displayName} is written to ${written.join(', ')}\n`);
    }
    return 0;
  },
};

type Exported = {
  readonly fileName: string;
  readonly file: { readonly '$content-type': string; readonly $content: string };
  readonly findings: readonly Omit<Finding, 'source' | 'line' | 'column'>[];
};

/** What the server has put into one file, as the files of the form. */
function filesOf({ fileName, file }: Exported): readonly FlowFile[] {
  const bytes = Buffer.from(file.$content, 'base64');
  const files =
    file['$content-type'] === 'application/zip'
      ? readZip(bytes, () => true).files
      : [{ name: fileName, content: bytes }];
  return files.map(({ name, content }) => ({
    kind: 'text',
    name,
    text: typeof content === 'string' ? content : new TextDecoder().decode(content),
  }));
}
