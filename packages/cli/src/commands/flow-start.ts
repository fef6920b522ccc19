import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { belowFlow, chooseFlow } from '../server/list-flows.ts';
import { flowArgument } from './flow-argument.ts';

export const flowStart: Command = {
  name: 'flow start',
  summary: 'let the triggers of a flow fire',
  arguments: [flowArgument],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const flow = await chooseFlow(client, text(invocation, 'environment'), invocation.arguments[0] ?? '');
    await client.send('POST', belowFlow(flow, 'start'));
    const { name, displayName } = flow;
    if (isJson(invocation)) printJson(terminal, { name, displayName });
    else terminal.out(`${displayName} (${name}) is started\n`);
    return 0;
  },
};
