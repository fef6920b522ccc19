import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { listConnectors } from '../server/list-connectors.ts';
import { formatTable } from '../text-table.ts';

export const connectorList: Command = {
  name: 'connector list',
  summary: 'list the connectors of an environment',
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const connectors = await listConnectors(await invocation.server(), text(invocation, 'environment'));
    if (isJson(invocation)) printJson(invocation.terminal, connectors);
    else {
      const rows = connectors.map((one) => [one.name, one.displayName, one.changedTime]);
      invocation.terminal.out(formatTable(['name', 'display name', 'changed'], rows));
    }
    return 0;
  },
};
