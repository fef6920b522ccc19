import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { belowFlow, chooseFlow } from '../server/list-flows.ts';
import { flowArgument } from './flow-argument.ts';

export const flowStop: Command = {
  name: 'flow stop',
  summary: 'let the triggers of a flow rest; its runs go on',
  arguments: [flowArgument],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const flow = await chooseFlow(client, text(invocation, 'environment'), invocation.arguments[0] ?? '');
    await client.send('POST', belowFlow(flow, 'stop'));
    const { name, displayName } = flow;
    if (isJson(invocation)) printJson(terminal, { name, displayName });
    else terminal.out(`${displayName} (${name}) is stopped\n`);
    return 0;
  },
};
