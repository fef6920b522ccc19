import { artifactKinds } from '@patchbay/workflow';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { artifactPath } from '../server/environment-artifacts.ts';
import { chooseEnvironment } from '../server/list-environments.ts';
import { CommandError } from '../terminal.ts';

export const environmentDeleteArtifact: Command = {
  name: 'environment delete-artifact',
  summary: 'remove a schema, map, partner or agreement of an environment',
  arguments: [{ notation: '<name>', summary: 'as `environment artifacts` shows it' }],
  options: [
    { notation: '--kind <kind>', summary: artifactKinds.join(', '), isRequired: true },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const [name = ''] = invocation.arguments;
    const given = text(invocation, 'kind');
    const kind = artifactKinds.find((known) => known === given);
    if (kind === undefined) throw new CommandError(2, `--kind is one of ${artifactKinds.join(', ')}, not "${given}".`);
    const client = await invocation.server();
    const environment = await chooseEnvironment(client, text(invocation, 'environment'));
    await client.send('DELETE', artifactPath(environment.name, kind, name));
    if (isJson(invocation)) printJson(terminal, { kind, name, environment: environment.name });
    else terminal.out(`${kind} ${name} is removed from ${environment.displayName}\n`);
    return 0;
  },
};
