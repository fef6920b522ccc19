import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { environmentFilter } from '../server/environment-filter.ts';
import { formatTable } from '../text-table.ts';

export const connectorList: Command = {
  name: 'connector list',
  summary: 'list the connectors of an environment',
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const client = await invocation.server();
    const filter = environmentFilter(text(invocation, 'environment'), "IsCustomApi eq 'True'");
    const { value } = (await client.get(`/providers/Microsoft.PowerApps/apis?${filter}`)) as {
      readonly value: readonly Api[];
    };
    const connectors = value.map(({ name, properties }) => ({
      name,
      displayName: properties.displayName,
      changedTime: properties.changedTime,
    }));
    if (isJson(invocation)) printJson(invocation.terminal, connectors);
    else {
      invocation.terminal.out(
        formatTable(
          ['name', 'display name', 'changed'],
          connectors.map((one) => [one.name, one.displayName, one.changedTime]),
        ),
      );
    }
    return 0;
  },
};

type Api = {
  readonly name: string;
  readonly properties: { readonly displayName: string; readonly changedTime: string };
};
