import type { JsonObject } from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { listVariables } from '../server/environment-variables.ts';
import { chooseEnvironment } from '../server/list-environments.ts';
import type { ServerClient } from '../server/server-client.ts';

export const environmentShow: Command = {
  name: 'environment show',
  summary: "show an environment's network rules, limits, how long it keeps runs, and variables",
  arguments: [],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const { name, displayName, isDefault } = await chooseEnvironment(client, text(invocation, 'environment'));
    const [{ allow }, limits, retention, variables] = await Promise.all([
      setting(client, name, 'network-rules') as Promise<{ readonly allow: readonly string[] }>,
      setting(client, name, 'limits'),
      setting(client, name, 'retention') as Promise<{ readonly days: number; readonly runsPerFlow: number }>,
      listVariables(client, name),
    ]);
    if (isJson(invocation)) {
      printJson(terminal, { name, displayName, isDefault, networkRules: { allow }, limits, retention, variables });
      return 0;
    }
    const lines = [
      `${displayName} (${name})${isDefault ? ', the default one' : ''}`,
      `may reach: ${['public addresses', ...allow].join(', ')}`,
      ...Object.entries(limits).map(([limit, value]) => `${limit}: ${String(value)}`),
      `runs are kept: ${retention.days === 0 ? 'without end' : `${retention.days} days`}, ${retention.runsPerFlow === 0 ? 'as many as come' : `${retention.runsPerFlow} of each flow`}`,
      `variables: ${variables.length === 0 ? 'none' : variables.map((one) => one.name).join(', ')}`,
    ];
    terminal.out(`${lines.join('\n')}\n`);
    return 0;
  },
};

async function setting(client: ServerClient, environment: string, name: string): Promise<JsonObject> {
  return (await client.get(`/api/environments/${encodeURIComponent(environment)}/${name}`)) as JsonObject;
}
