import type { JsonValue } from '@patchbay/definition';
import { type Command, formatOption, isJson, printJson, serverOption } from '../command.ts';

export const whoami: Command = {
  name: 'whoami',
  summary: 'show who is signed in, and where',
  arguments: [],
  options: [serverOption, formatOption],
  async run(invocation) {
    const client = await invocation.server();
    const { account } = (await client.get('/api/session')) as { readonly account: Account };
    if (isJson(invocation)) printJson(invocation.terminal, { server: client.server, account: account as JsonValue });
    else invocation.terminal.out(`${account.displayName} <${account.email}>, ${account.role}, at ${client.server}\n`);
    return 0;
  },
};

type Account = {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: string;
};
