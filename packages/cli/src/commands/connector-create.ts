import type { Finding } from '@patchbay/definition';
import { readJsonFile } from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { loadConnector, readConnectorFiles } from '../files/connector-files.ts';
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
    await loadConnector(terminal, path);
    const { definition, properties } = await readConnectorFiles(terminal, path);
    const client = await invocation.server();
    const created = (await client.send('POST', '/api/connectors/import', {
      environment: text(invocation, 'environment') ?? '~default',
      ...(text(invocation, 'name') !== undefined && { displayName: text(invocation, 'name') }),
      definition: readJsonFile(definition).text,
      ...(properties !== undefined && { properties: readJsonFile(properties).root ?? {} }),
    })) as { readonly name: string; readonly displayName: string; readonly findings: readonly Finding[] };
    if (isJson(invocation)) printJson(terminal, created);
    else {
      terminal.out(`${created.displayName} is ${created.name}\n`);
      printFindings(terminal.err, created.findings);
    }
    return 0;
  },
};
