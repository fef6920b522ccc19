import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { listConnections } from '../server/list-connections.ts';
import { formatTable } from '../text-table.ts';

export const connectionList: Command = {
  name: 'connection list',
  summary: 'list the connections of an environment',
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const connections = await listConnections(await invocation.server(), text(invocation, 'environment'));
    if (isJson(invocation)) printJson(invocation.terminal, connections);
    else {
      const rows = connections.map((one) => [one.name, one.displayName, one.connector, one.status]);
      invocation.terminal.out(formatTable(['name', 'display name', 'connector', 'status'], rows));
    }
    return 0;
  },
};
