import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { chooseNamed } from '../server/choose-named.ts';
import { environmentFilter } from '../server/environment-filter.ts';
import { listConnections } from '../server/list-connections.ts';

export const connectionDelete: Command = {
  name: 'connection delete',
  summary: 'delete a connection and its secrets',
  arguments: [{ notation: '<name>', summary: "the connection's name or display name, as `connection list` shows it" }],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const environment = text(invocation, 'environment');
    const listed = await listConnections(client, environment);
    const chosen = chooseNamed(client, 'connection', listed, invocation.arguments[0] ?? '');
    const { name, displayName, connector } = chosen;
    await client.send(
      'DELETE',
      `/providers/Microsoft.PowerApps/apis/${encodeURIComponent(connector)}/connections/${encodeURIComponent(name)}?${environmentFilter(environment)}`,
    );
    if (isJson(invocation)) printJson(terminal, { name, displayName, connector });
    else terminal.out(`${displayName} (${name}) is deleted\n`);
    return 0;
  },
};
