import type { Command } from '../command.ts';
import { removeSession } from '../server/session-file.ts';

export const logout: Command = {
  name: 'logout',
  summary: 'forget the sign-in on this machine',
  arguments: [],
  options: [],
  async run({ terminal }) {
    terminal.err((await removeSession(terminal)) ? 'Signed out.\n' : 'Nobody was signed in.\n');
    return 0;
  },
};
