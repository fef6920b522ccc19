import type { Finding } from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { loadConnector, readConnectorFiles } from '../connector-files.ts';

export const connectorCreate: Command = {
  name: 'connector create',
  summary: 'put a connector on a server',
  arguments: [{ notation: '<dir>', summary: "the connector's folder, or a definition file" }],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const path = invocation.arguments[0] ?? '.';
    await loadConnector(invocation.terminal, path);
    const files = await readConnectorFiles(invocation.terminal, path);
    const client = await invocation.server();
    const created = (await client.send('POST', '/api/connectors/import', {
      environment: text(invocation, 'environment') ?? '~default',
      definition: decode(files.definition.content),
      ...(files.properties !== undefined && { properties: JSON.parse(decode(files.properties.content)) as unknown }),
    })) as { readonly name: string; readonly displayName: string; readonly findings: readonly Finding[] };
    if (isJson(invocation)) printJson(invocation.terminal, created);
    else invocation.terminal.out(`${created.displayName} is ${created.name}\n`);
    return 0;
  },
};

function decode(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
