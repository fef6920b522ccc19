import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { belowFlow, chooseFlow } from '../server/list-flows.ts';
import { formatTable } from '../text-table.ts';
import { flowArgument } from './flow-argument.ts';

export const flowRuns: Command = {
  name: 'flow runs',
  summary: 'list the newest runs of a flow',
  arguments: [flowArgument],
  options: [
    { notation: '--status <status>', summary: 'only those, e.g. Failed' },
    { notation: '--top <number>', summary: 'how many at most (default: 20)' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const client = await invocation.server();
    const flow = await chooseFlow(client, text(invocation, 'environment'), invocation.arguments[0] ?? '');
    const status = text(invocation, 'status');
    const query = new URLSearchParams({
      $top: text(invocation, 'top') ?? '20',
      ...(status !== undefined && { $filter: `status eq '${status.replaceAll("'", "''")}'` }),
    });
    const answer = (await client.get(`${belowFlow(flow, 'runs')}&${query}`)) as { readonly value: readonly Run[] };
    const runs = answer.value.map(listed);
    if (isJson(invocation)) printJson(invocation.terminal, runs);
    else {
      const rows = runs.map(({ name, status: ended, startTime, repeats, message }) => [
        name,
        ended,
        startTime,
        repeats === undefined ? '' : `repeats ${repeats}`,
        message ?? '',
      ]);
      invocation.terminal.out(formatTable(['name', 'status', 'started', '', ''], rows));
    }
    return 0;
  },
};

type Run = {
  readonly name: string;
  readonly properties: {
    readonly status: string;
    readonly startTime: string;
    readonly endTime?: string;
    readonly error?: { readonly message: string };
    readonly trigger: { readonly originHistoryName: string };
  };
};

function listed({ name, properties: { status, startTime, endTime, error, trigger } }: Run) {
  const { originHistoryName } = trigger;
  return {
    name,
    status,
    startTime,
    ...(endTime !== undefined && { endTime }),
    ...(originHistoryName !== name && { repeats: originHistoryName }),
    ...(error !== undefined && { message: error.message }),
  };
}
