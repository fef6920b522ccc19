import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { environmentFilter } from '../server/environment-filter.ts';
import { formatTable } from '../text-table.ts';

export const connectionList: Command = {
  name: 'connection list',
  summary: 'list the connections of an environment',
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const client = await invocation.server();
    const filter = environmentFilter(text(invocation, 'environment'));
    const answer = await client.get(`/providers/Microsoft.PowerApps/connections?${filter}`);
    const connections = (answer as { readonly value: readonly Connection[] }).value.map(({ name, properties }) => ({
      name,
      displayName: properties.displayName,
      connector: properties.apiId.split('/').at(-1) ?? '',
      status: properties.statuses[0]?.status ?? 'Unknown',
    }));
    if (isJson(invocation)) printJson(invocation.terminal, connections);
    else {
      const rows = connections.map((one) => [one.name, one.displayName, one.connector, one.status]);
      invocation.terminal.out(formatTable(['name', 'display name', 'connector', 'status'], rows));
    }
    return 0;
  },
};

type Connection = {
  readonly name: string;
  readonly properties: {
    readonly displayName: string;
    readonly apiId: string;
    readonly statuses: readonly { readonly status: string }[];
  };
};
