import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { listFlows } from '../server/list-flows.ts';
import { formatTable } from '../text-table.ts';

export const flowList: Command = {
  name: 'flow list',
  summary: 'list the flows of an environment',
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const listed = await listFlows(await invocation.server(), text(invocation, 'environment'));
    const flows = listed.map(({ name, displayName, state }) => ({ name, displayName, state }));
    if (isJson(invocation)) printJson(invocation.terminal, flows);
    else {
      const rows = flows.map(({ name, displayName, state }) => [name, displayName, state]);
      invocation.terminal.out(formatTable(['name', 'display name', 'state'], rows));
    }
    return 0;
  },
};
