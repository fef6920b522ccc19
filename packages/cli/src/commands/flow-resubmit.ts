import { randomUUID } from 'node:crypto';
import {
  type Command,
  environmentOption,
  formatOption,
  isJson,
  printJson,
  serverOption,
  text,
  texts,
} from '../command.ts';
import { belowFlow, chooseFlow } from '../server/list-flows.ts';
import { flowArgument, runArgument } from './flow-argument.ts';

export const flowResubmit: Command = {
  name: 'flow resubmit',
  summary: 'repeat a run with what its trigger gave, all of it or from an action on',
  arguments: [flowArgument, runArgument],
  options: [
    {
      notation: '--from <action>',
      summary:
        'do this action again and what runs after it, and keep the results before it; may be given several times',
      isRepeatable: true,
    },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const [given = '', repeats = ''] = invocation.arguments;
    const actions = texts(invocation, 'from');
    const client = await invocation.server();
    const flow = await chooseFlow(client, text(invocation, 'environment'), given);
    const answer = await client.sendFor('POST', belowFlow(flow, 'runs', repeats, 'resubmit'), {
      headers: { 'idempotency-key': randomUUID() },
      ...(actions.length > 0 && { body: { actionsToResubmit: actions.map((name) => ({ name })) } }),
    });
    const run = answer.headers['x-ms-workflow-run-id'] ?? '';
    if (isJson(invocation)) printJson(terminal, { flow: flow.name, run, repeats, from: actions });
    else terminal.out(`${run} repeats ${repeats}${actions.length === 0 ? '' : ` from ${actions.join(', ')} on`}\n`);
    return 0;
  },
};
