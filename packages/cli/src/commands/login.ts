import { type Command, serverOption, text } from '../command.ts';
import { chooseServer } from '../server/server-client.ts';
import { writeSession } from '../server/session-file.ts';
import { signIn } from '../server/sign-in.ts';

export const login: Command = {
  name: 'login',
  summary: 'sign in to a server through a browser',
  arguments: [],
  options: [serverOption],
  async run(invocation) {
    const server = await chooseServer(invocation.terminal, text(invocation, 'server'));
    await writeSession(invocation.terminal, await signIn(invocation.terminal, invocation.egress, server));
    invocation.terminal.err(`Signed in to ${server}.\n`);
    return 0;
  },
};
