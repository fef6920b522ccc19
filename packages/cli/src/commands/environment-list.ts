import { type Command, formatOption, isJson, printJson, serverOption } from '../command.ts';
import { listEnvironments } from '../server/list-environments.ts';
import { usedEnvironment } from '../server/used-environment.ts';
import { formatTable } from '../text-table.ts';

export const environmentList: Command = {
  name: 'environment list',
  summary: 'list the environments of a server; * marks the one in use',
  arguments: [],
  options: [serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const environments = await listEnvironments(client);
    const used = await usedEnvironment(terminal, client.server);
    const listed = environments.map((one) => ({
      ...one,
      isUsed: used === undefined || used.toLowerCase() === '~default' ? one.isDefault : one.name === used,
    }));
    if (isJson(invocation)) printJson(terminal, listed);
    else {
      const rows = listed.map(({ name, displayName, isUsed }) => [isUsed ? '*' : ' ', name, displayName]);
      terminal.out(formatTable([' ', 'name', 'display name'], rows));
    }
    return 0;
  },
};
