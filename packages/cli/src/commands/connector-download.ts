import { compile } from '@patchbay/connector';
import {
  definitionName,
  type JsonObject,
  portableProperties,
  propertiesName,
  readConnector,
  writeText,
} from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { writeConnectorFolder } from '../files/connector-folder.ts';
import { chooseNamed } from '../server/choose-named.ts';
import { environmentFilter } from '../server/environment-filter.ts';
import { listConnectors } from '../server/list-connectors.ts';
import type { ServerClient } from '../server/server-client.ts';
import { CommandError } from '../terminal.ts';

export const connectorDownload: Command = {
  name: 'connector download',
  summary: "write a server's connector into a folder",
  arguments: [{ notation: '<name>', summary: "the connector's name or display name, as `connector list` shows it" }],
  options: [
    { notation: '--out <dir>', summary: "the connector's folder", isRequired: true },
    { notation: '--replace', summary: 'write over a connector that is there' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const environment = text(invocation, 'environment');
    const listed = await listConnectors(client, environment);
    const { name, displayName } = chooseNamed(client, 'connector', listed, invocation.arguments[0] ?? '');
    const api = (await client.get(
      `/providers/Microsoft.PowerApps/apis/${encodeURIComponent(name)}?${environmentFilter(environment)}`,
    )) as Api;
    const definition = await readDefinition(client, api);
    const folder = text(invocation, 'out') ?? '.';
    const written = await writeConnectorFolder(
      terminal,
      folder,
      {
        [definitionName]: definition,
        [propertiesName]: writeText({ properties: propertiesOf(api, definition) }),
      },
      invocation.options['replace'] === true,
    );
    if (isJson(invocation)) printJson(terminal, { name, displayName, written });
    else terminal.out(`${displayName} is written to ${written.join(' and ')}\n`);
    return 0;
  },
};

/** The author's own text, from where the server says that it is. */
async function readDefinition(client: ServerClient, { properties }: Api): Promise<string> {
  const { pathname, search } = new URL(properties.apiDefinitions.originalSwaggerUrl);
  const response = await client.exchange({
    method: 'GET',
    path: pathname + search,
    headers: { accept: 'application/json' },
  });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.bytes());
  if (response.status === 200) return text;
  throw new CommandError(3, `${client.server} answered ${response.status} instead of the definition.`);
}

/** The address of the API is a property only where it is not what the definition says. */
function propertiesOf({ properties }: Api, definition: string): JsonObject {
  const { backendService } = properties;
  const { model } = readConnector({ definition: { name: definitionName, content: definition } });
  const isOwnAddress = model !== undefined && compile(model).baseUrl === backendService.serviceUrl;
  const members = portableProperties.flatMap((name) => {
    const value = properties[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(members), ...(!isOwnAddress && { backendService }) };
}

type Api = {
  readonly properties: JsonObject & {
    readonly apiDefinitions: { readonly originalSwaggerUrl: string };
    readonly backendService: { readonly serviceUrl: string };
  };
};
