import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { readArtifactFolder } from '../files/artifact-folder.ts';
import { artifactPath } from '../server/environment-artifacts.ts';
import { chooseEnvironment } from '../server/list-environments.ts';

export const environmentSetArtifacts: Command = {
  name: 'environment set-artifacts',
  summary: 'give an environment the schemas and maps of a folder; those of the same name are replaced',
  arguments: [{ notation: '<folder>', summary: 'a project, or its Artifacts folder with Maps and Schemas' }],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const artifacts = await readArtifactFolder(terminal, invocation.arguments[0] ?? '.');
    const client = await invocation.server();
    const environment = await chooseEnvironment(client, text(invocation, 'environment'));
    for (const { kind, name, content } of artifacts)
      await client.send('PUT', artifactPath(environment.name, kind, name), { content });
    const set = artifacts.map(({ kind, name }) => ({ kind, name }));
    if (isJson(invocation)) printJson(terminal, { environment: environment.name, artifacts: set });
    else for (const { kind, name } of set) terminal.out(`${kind} ${name} is set in ${environment.displayName}\n`);
    return 0;
  },
};
