import { type Command, formatOption, isJson, printJson, serverOption } from '../command.ts';
import { chooseEnvironment } from '../server/list-environments.ts';
import { readSession, writeSession } from '../server/session-file.ts';
import { CommandError } from '../terminal.ts';

export const environmentUse: Command = {
  name: 'environment use',
  summary: 'choose the environment that other commands mean, until the next sign-in',
  arguments: [{ notation: '<name>', summary: "the environment's name or display name; ~default for the default one" }],
  options: [serverOption, formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const client = await invocation.server();
    const chosen = await chooseEnvironment(client, invocation.arguments[0]);
    const session = await readSession(terminal);
    if (session?.server !== client.server) {
      throw new CommandError(
        2,
        `There is no session with ${client.server} to keep the choice in. Run \`patchbay login\`, or set PATCHBAY_ENVIRONMENT.`,
      );
    }
    await writeSession(terminal, { ...session, environment: chosen.name });
    if (isJson(invocation)) printJson(terminal, chosen);
    else terminal.out(`${chosen.displayName} (${chosen.name}) is in use\n`);
    return 0;
  },
};
