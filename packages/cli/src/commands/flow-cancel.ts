import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { belowFlow, chooseFlow } from '../server/list-flows.ts';
import { flowArgument, runArgument } from './flow-argument.ts';

export const flowCancel: Command = {
  name: 'flow cancel',
  summary: 'stop a run; one that has ended stays as it is',
  arguments: [flowArgument, runArgument],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const [given = '', run = ''] = invocation.arguments;
    const client = await invocation.server();
    const flow = await chooseFlow(client, text(invocation, 'environment'), given);
    await client.send('POST', belowFlow(flow, 'runs', run, 'cancel'));
    if (isJson(invocation)) printJson(terminal, { flow: flow.name, run });
    else terminal.out(`${run} is told to stop\n`);
    return 0;
  },
};
