import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { listVariables } from '../server/environment-variables.ts';
import { chooseEnvironment } from '../server/list-environments.ts';
import { formatTable } from '../text-table.ts';

export const environmentVariables: Command = {
  name: 'environment variables',
  summary: 'list the variables that definitions of an environment refer to; secrets without their values',
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const { name } = await chooseEnvironment(client, text(invocation, 'environment'));
    const variables = await listVariables(client, name);
    if (isJson(invocation)) printJson(terminal, variables);
    else {
      const rows = variables.map((one) => [one.name, one.isSecret ? '(secret)' : (one.value ?? '')]);
      terminal.out(formatTable(['name', 'value'], rows));
    }
    return 0;
  },
};
