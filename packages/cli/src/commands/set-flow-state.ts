import { type Invocation, isJson, printJson, text } from '../command.ts';
import { belowFlow, chooseFlow } from '../server/list-flows.ts';

const said = { start: 'started', stop: 'stopped' } as const;

/** Starts or stops the flow that the first argument names, and says so. */
export async function setFlowState(invocation: Invocation, change: keyof typeof said): Promise<0> {
  const { terminal } = invocation;
  const client = await invocation.server();
  const flow = await chooseFlow(client, text(invocation, 'environment'), invocation.arguments[0] ?? '');
  await client.send('POST', belowFlow(flow, change));
  const { name, displayName } = flow;
  if (isJson(invocation)) printJson(terminal, { name, displayName });
  else terminal.out(`${displayName} (${name}) is ${said[change]}\n`);
  return 0;
}
