import { type Command, environmentOption, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { chooseNamed } from '../server/choose-named.ts';
import { listConnections } from '../server/list-connections.ts';
import { signInConnection } from '../server/sign-in-connection.ts';

export const connectionSignIn: Command = {
  name: 'connection sign-in',
  summary: 'sign in at the API for a connection, through a browser',
  arguments: [{ notation: '<name>', summary: "the connection's name or display name, as `connection list` shows it" }],
  options: [
    { notation: '--show-link', summary: 'print where to sign in, and do not wait' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const environment = text(invocation, 'environment');
    const listed = await listConnections(client, environment);
    const { name } = chooseNamed(client, 'connection', listed, invocation.arguments[0] ?? '');
    const isWaiting = invocation.options['showLink'] !== true;
    const start = await signInConnection(terminal, client, { name, environment }, { isWaiting });
    if (isJson(invocation)) printJson(terminal, { name, ...start, status: isWaiting ? 'Connected' : 'Error' });
    else if (isWaiting) terminal.out(`${name} is connected\n`);
    return 0;
  },
};
