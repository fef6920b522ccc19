import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { readTextArgument } from '../files/text-argument.ts';
import { variablePath } from '../server/environment-variables.ts';
import { chooseEnvironment } from '../server/list-environments.ts';

export const environmentSetVariable: Command = {
  name: 'environment set-variable',
  summary: 'set a variable that definitions of an environment refer to',
  arguments: [{ notation: '<name>', summary: 'as definitions name it: @environmentVariables("name")' }],
  options: [
    {
      notation: '--value <text>',
      summary: 'the value, @file or @- (standard input), which keeps secrets out of the shell history',
      isRequired: true,
    },
    { notation: '--secret', summary: 'seal the value: it is never given back' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const [variable = ''] = invocation.arguments;
    const value = await readTextArgument(terminal, text(invocation, 'value') ?? '');
    const isSecret = invocation.options['secret'] === true;
    const client = await invocation.server();
    const environment = await chooseEnvironment(client, text(invocation, 'environment'));
    await client.send('PUT', variablePath(environment.name, variable), { value, isSecret });
    if (isJson(invocation)) printJson(terminal, { name: variable, isSecret, environment: environment.name });
    else terminal.out(`${variable} is set in ${environment.displayName}\n`);
    return 0;
  },
};
