import type { Finding } from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { packageOf } from '../files/connector-package.ts';
import { readDescription } from '../files/read-description.ts';
import { printFindings } from '../findings.ts';

export const connectorCreate: Command = {
  name: 'connector create',
  summary: 'put a connector on a server',
  arguments: [{ notation: '<dir>', summary: "the connector's folder, or a definition file" }],
  options: [
    { notation: '--name <text>', summary: 'the display name (default: the title of the definition)' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const path = invocation.arguments[0] ?? '.';
    const files = await readDescription(invocation, path);
    const { definition, properties } = packageOf(path, files);
    const client = await invocation.server();
    const created = (await client.send('POST', '/api/connectors/import', {
      environment: text(invocation, 'environment') ?? '~default',
      ...(text(invocation, 'name') !== undefined && { displayName: text(invocation, 'name') }),
      definition,
      ...(properties !== undefined && { properties }),
    })) as { readonly name: string; readonly displayName: string; readonly findings: readonly Finding[] };
    if (isJson(invocation)) printJson(terminal, created);
    else {
      terminal.out(`${created.displayName} is ${created.name}\n`);
      printFindings(terminal.err, created.findings);
    }
    return 0;
  },
};
