import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { listArtifacts } from '../server/environment-artifacts.ts';
import { chooseEnvironment } from '../server/list-environments.ts';
import { formatTable } from '../text-table.ts';

export const environmentArtifacts: Command = {
  name: 'environment artifacts',
  summary: 'list the schemas, maps, partners and agreements that flows of an environment name',
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const { name } = await chooseEnvironment(client, text(invocation, 'environment'));
    const artifacts = await listArtifacts(client, name);
    if (isJson(invocation)) printJson(terminal, artifacts);
    else {
      const rows = artifacts.map((one) => [one.kind, one.name, one.contentType, one.changedAt]);
      terminal.out(formatTable(['kind', 'name', 'content type', 'changed'], rows));
    }
    return 0;
  },
};
