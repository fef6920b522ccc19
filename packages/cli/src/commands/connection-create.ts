import type { JsonObject } from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { readObjectArgument } from '../files/json-argument.ts';
import { chooseNamed } from '../server/choose-named.ts';
import { environmentFilter } from '../server/environment-filter.ts';
import { listConnectors } from '../server/list-connectors.ts';
import { CommandError } from '../terminal.ts';

export const connectionCreate: Command = {
  name: 'connection create',
  summary: 'connect to a connector, with the secrets it asks for',
  arguments: [],
  options: [
    {
      notation: '--connector <name>',
      summary: "the connector's name or display name, as `connector list` shows it",
      isRequired: true,
    },
    {
      notation: '--parameters <json>',
      summary: 'values by name; @file or @- (standard input) keeps secrets out of the shell history',
    },
    { notation: '--set <name>', summary: 'which way to connect, where the connector has several parameter sets' },
    { notation: '--name <text>', summary: 'the display name (default: the connector’s)' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const parameters = await readObjectArgument(terminal, '--parameters', text(invocation, 'parameters'));
    const client = await invocation.server();
    const listed = await listConnectors(client, text(invocation, 'environment'));
    const { name: connector } = chooseNamed(client, 'connector', listed, text(invocation, 'connector') ?? '');
    const name = crypto.randomUUID().replaceAll('-', '');
    const environment = text(invocation, 'environment') ?? '~default';
    const connection = (await client.send(
      'PUT',
      `/providers/Microsoft.PowerApps/apis/${encodeURIComponent(connector)}/connections/${name}?${environmentFilter(environment)}`,
      {
        properties: {
          environment: { id: `/providers/Microsoft.PowerApps/environments/${environment}`, name: environment },
          ...valuesOf(parameters, text(invocation, 'set')),
          ...(text(invocation, 'name') !== undefined && { displayName: text(invocation, 'name') }),
        },
      },
    )) as Connection;
    if (typeof connection.name !== 'string') throw new CommandError(3, `${client.server} created no connection.`);
    const { displayName = connector, statuses = [] } = connection.properties ?? {};
    const [{ status, error } = { status: 'Unknown' }] = statuses;
    const created = { name: connection.name, displayName, connector, status, ...(error !== undefined && { error }) };
    if (isJson(invocation)) printJson(terminal, created);
    else terminal.out(`${created.displayName} is ${created.name}\n`);
    if (status === 'Connected') return 0;
    terminal.err(`It is not connected: ${error?.message ?? status}\n`);
    if (error?.code === 'Unauthenticated') terminal.err(`Run \`patchbay connection sign-in ${created.name}\`.\n`);
    return 1;
  },
};

/** In the surface's two forms: plain, or of one of several sets. */
function valuesOf(parameters: JsonObject, set: string | undefined): JsonObject {
  if (set === undefined) return { connectionParameters: parameters };
  const values = Object.entries(parameters).map(([name, value]) => [name, { value }]);
  return { connectionParametersSet: { name: set, values: Object.fromEntries(values) } };
}

type Connection = {
  readonly name?: unknown;
  readonly properties?: {
    readonly displayName?: string;
    readonly statuses?: readonly {
      readonly status: string;
      readonly error?: { readonly code: string; readonly message: string };
    }[];
  };
};
