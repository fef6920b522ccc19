import { type Command, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { readAccount } from '../server/read-account.ts';
import { chooseServer } from '../server/server-client.ts';
import { writeSession } from '../server/session-file.ts';
import { signIn } from '../server/sign-in.ts';

export const login: Command = {
  name: 'login',
  summary: 'sign in to a server through a browser',
  arguments: [],
  options: [serverOption, formatOption],
  async run(invocation) {
    const { terminal, egress } = invocation;
    const server = await chooseServer(terminal, text(invocation, 'server'));
    await writeSession(terminal, await signIn(terminal, egress, server));
    const account = await readAccount(await invocation.server());
    if (isJson(invocation)) printJson(terminal, { server, account });
    else terminal.out(`Signed in to ${server} as ${account.displayName} <${account.email}>\n`);
    return 0;
  },
};
