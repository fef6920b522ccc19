import type { JsonObject, JsonValue } from '@patchbay/definition';
import { readJsonFile } from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { type ConnectorPackage, packageOf } from '../files/connector-package.ts';
import { readDescription } from '../files/read-description.ts';
import { printFindings } from '../findings.ts';
import { chooseNamed } from '../server/choose-named.ts';
import { environmentFilter } from '../server/environment-filter.ts';
import { listConnectors } from '../server/list-connectors.ts';

export const connectorUpdate: Command = {
  name: 'connector update',
  summary: 'put a changed connector on a server, in the place of what is there',
  arguments: [{ notation: '<dir>', summary: "the connector's folder, or a definition file" }],
  options: [
    {
      notation: '--connector <name>',
      summary: "the server's connector, by name or display name (default: the title of the definition)",
    },
    { notation: '--name <text>', summary: 'another display name' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const path = invocation.arguments[0] ?? '.';
    const made = packageOf(path, await readDescription(invocation, path));
    const client = await invocation.server();
    const environment = text(invocation, 'environment');
    const listed = await listConnectors(client, environment);
    const wanted = text(invocation, 'connector') ?? made.model.info.title;
    const { name, displayName } = chooseNamed(client, 'connector', listed, wanted);
    const newName = text(invocation, 'name');
    await client.send(
      'PATCH',
      `/providers/Microsoft.PowerApps/apis/${encodeURIComponent(name)}?${environmentFilter(environment)}`,
      { properties: { ...changeOf(made), ...(newName !== undefined && { displayName: newName }) } },
    );
    const updated = { name, displayName: newName ?? displayName, findings: made.findings };
    if (isJson(invocation)) printJson(terminal, updated);
    else {
      terminal.out(`${updated.displayName} (${name}) is updated\n`);
      printFindings(terminal.err, made.findings);
    }
    return 0;
  },
};

/** The members of the surface's body; what is not there, the server keeps. */
function changeOf({ definition, properties, model }: ConnectorPackage): JsonObject {
  const document = typeof definition === 'string' ? rootOf(definition) : definition;
  const { description } = model.info;
  return {
    ...membersOf(properties, 'properties'),
    openApiDefinition: document,
    ...(description !== '' && { description }),
  };
}

/** It has been read before, so there is a value. */
function rootOf(definition: string): JsonValue {
  return readJsonFile({ name: 'definition', content: definition }).root ?? {};
}

function membersOf(value: JsonValue | undefined, name: string): JsonObject {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
