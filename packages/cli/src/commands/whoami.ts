import { type Command, formatOption, isJson, printJson, serverOption } from '../command.ts';
import { readAccount } from '../server/read-account.ts';

export const whoami: Command = {
  name: 'whoami',
  summary: 'show who is signed in, and where',
  arguments: [],
  options: [serverOption, formatOption],
  async run(invocation) {
    const client = await invocation.server();
    const account = await readAccount(client);
    if (isJson(invocation)) printJson(invocation.terminal, { server: client.server, account });
    else invocation.terminal.out(`${account.displayName} <${account.email}>, ${account.role}, at ${client.server}\n`);
    return 0;
  },
};
