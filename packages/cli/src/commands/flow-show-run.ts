import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { belowFlow, chooseFlow } from '../server/list-flows.ts';
import { formatTable } from '../text-table.ts';
import { flowArgument, runArgument } from './flow-argument.ts';

export const flowShowRun: Command = {
  name: 'flow show-run',
  summary: 'show what each action of a run did',
  arguments: [flowArgument, runArgument],
  options: [environmentOption, serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const [given = '', name = ''] = invocation.arguments;
    const client = await invocation.server();
    const flow = await chooseFlow(client, text(invocation, 'environment'), given);
    const { properties } = (await client.get(belowFlow(flow, 'runs', name))) as { readonly properties: Step };
    const listed = (await client.get(belowFlow(flow, 'runs', name, 'actions'))) as {
      readonly value: readonly Action[];
    };
    const actions = listed.value.map((action) => ({ name: action.name, ...shown(action.properties) }));
    const run = { name, flow: flow.name, ...shown(properties) };
    if (isJson(invocation)) printJson(terminal, { ...run, actions });
    else {
      terminal.out(formatTable(['action', 'status', 'started', ''], actions.map(row)));
      terminal.out(`\n${row(run).join('  ').trimEnd()}\n`);
    }
    return 0;
  },
};

/** A run or an action of it, as the management surface tells it. */
type Step = {
  readonly status: string;
  readonly code?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly repetitionCount?: number;
  readonly error?: { readonly code?: string; readonly message?: string };
};

type Action = { readonly name: string; readonly properties: Step };

type ShownStep = Step & { readonly name: string };

function shown({ status, code, startTime, endTime, repetitionCount, error }: Step): Step {
  return {
    status,
    ...(code !== undefined && { code }),
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
    ...(repetitionCount !== undefined && { repetitionCount }),
    ...(error !== undefined && { error }),
  };
}

function row({ name, status, startTime, repetitionCount, error }: ShownStep): readonly string[] {
  const times = repetitionCount === undefined ? '' : `${repetitionCount} times`;
  return [name, status, startTime ?? '', error?.message ?? error?.code ?? times];
}
