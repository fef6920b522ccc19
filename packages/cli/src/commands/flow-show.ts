import type { JsonObject } from '@patchbay/definition';
import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { belowFlow, chooseFlow, type FlowPlace } from '../server/list-flows.ts';
import type { ServerClient } from '../server/server-client.ts';
import { ServerError } from '../server/server-error.ts';
import { formatTable } from '../text-table.ts';
import { flowArgument } from './flow-argument.ts';

export const flowShow: Command = {
  name: 'flow show',
  summary: 'show what starts a flow, and the addresses that do',
  arguments: [flowArgument],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const flow = await chooseFlow(client, text(invocation, 'environment'), invocation.arguments[0] ?? '');
    const { properties } = (await client.get(belowFlow(flow))) as Flow;
    const { displayName, state, revision, definition } = properties;
    const triggers = await Promise.all(
      Object.entries(definition.triggers ?? {}).map(async ([name, { type }]) => {
        const callbackUrl = await findCallbackUrl(client, flow, name);
        return { name, type, ...(callbackUrl !== undefined && { callbackUrl }) };
      }),
    );
    if (isJson(invocation)) printJson(terminal, { name: flow.name, displayName, state, revision, triggers });
    else {
      terminal.out(`${displayName} (${flow.name}), revision ${revision}, ${state.toLowerCase()}\n\n`);
      const rows = triggers.map(({ name, type, callbackUrl }) => [name, type, callbackUrl ?? '']);
      terminal.out(formatTable(['trigger', 'type', 'address'], rows));
    }
    return 0;
  },
};

type Flow = {
  readonly properties: {
    readonly displayName: string;
    readonly state: string;
    readonly revision: number;
    readonly definition: JsonObject & { readonly triggers?: { readonly [name: string]: { readonly type: string } } };
  };
};

/** Only some triggers are called by an address. */
async function findCallbackUrl(client: ServerClient, flow: FlowPlace, trigger: string): Promise<string | undefined> {
  try {
    const answer = await client.send('POST', belowFlow(flow, 'triggers', trigger, 'listCallbackUrl'));
    return (answer as { readonly value: string }).value;
  } catch (error) {
    if (error instanceof ServerError && error.code === 'TriggerNotCallable') return undefined;
    throw error;
  }
}
