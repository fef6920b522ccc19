import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { readObjectArgument } from '../files/json-argument.ts';
import { chooseNamed } from '../server/choose-named.ts';
import { listConnections } from '../server/list-connections.ts';

export const connectionTest: Command = {
  name: 'connection test',
  summary: 'call an operation through a connection and show what happened',
  arguments: [{ notation: '<name>', summary: "the connection's name or display name, as `connection list` shows it" }],
  options: [
    { notation: '--operation <id>', summary: 'the operation to call (default: one that needs no parameters)' },
    { notation: '--parameters <json>', summary: 'values by parameter name, or @file' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const operationId = text(invocation, 'operation');
    const parameters = await readObjectArgument(terminal, '--parameters', text(invocation, 'parameters'));
    const client = await invocation.server();
    const listed = await listConnections(client, text(invocation, 'environment'));
    const { name } = chooseNamed(client, 'connection', listed, invocation.arguments[0] ?? '');
    const outcome = (await client.send('POST', `/api/connections/${encodeURIComponent(name)}/test`, {
      ...(operationId !== undefined && { operationId }),
      parameters,
    })) as Outcome;
    if (isJson(invocation)) printJson(terminal, outcome);
    else {
      const result =
        outcome.response === undefined
          ? `${outcome.error?.code}: ${outcome.error?.message}`
          : `${outcome.response.statusCode}`;
      terminal.out(
        `${outcome.request?.method ?? ''} ${outcome.request?.url ?? ''}\n${result}, ${outcome.durationMs} ms\n`,
      );
    }
    return outcome.ok ? 0 : 3;
  },
};

type Outcome = {
  readonly ok: boolean;
  readonly durationMs: number;
  readonly request?: { readonly method: string; readonly url: string };
  readonly response?: { readonly statusCode: number };
  readonly error?: { readonly code: string; readonly message: string };
};
