import { type Command, formatOption, isJson, printJson } from '../command.ts';
import { readSession, removeSession } from '../server/session-file.ts';
import { revokeSession } from '../server/sign-in.ts';

export const logout: Command = {
  name: 'logout',
  summary: 'end the sign-in, here and on the server',
  arguments: [],
  options: [formatOption],
  async run(invocation) {
    const { terminal, egress } = invocation;
    const session = await readSession(terminal);
    await removeSession(terminal);
    const isRevoked = session !== undefined && (await revokeSession(egress, session));
    if (isJson(invocation)) printJson(terminal, { server: session?.server ?? null });
    else terminal.out(session === undefined ? 'Nobody was signed in.\n' : `Signed out of ${session.server}.\n`);
    if (session !== undefined && !isRevoked) {
      terminal.err(`${session.server} could not be told; what it gave ends by itself in 30 days at the latest.\n`);
    }
    return 0;
  },
};
