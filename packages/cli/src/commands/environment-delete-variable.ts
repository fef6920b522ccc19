import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { variablePath } from '../server/environment-variables.ts';
import { chooseEnvironment } from '../server/list-environments.ts';

export const environmentDeleteVariable: Command = {
  name: 'environment delete-variable',
  summary: 'remove a variable of an environment',
  arguments: [{ notation: '<name>', summary: 'as `environment variables` shows it' }],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const [variable = ''] = invocation.arguments;
    const client = await invocation.server();
    const environment = await chooseEnvironment(client, text(invocation, 'environment'));
    await client.send('DELETE', variablePath(environment.name, variable));
    if (isJson(invocation)) printJson(terminal, { name: variable, environment: environment.name });
    else terminal.out(`${variable} is removed from ${environment.displayName}\n`);
    return 0;
  },
};
