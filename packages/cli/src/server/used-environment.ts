import type { Terminal } from '../terminal.ts';
import { readSession } from './session-file.ts';

/** The environment that commands mean when none is named: `PATCHBAY_ENVIRONMENT`, or the one chosen with `environment use`. */
export async function usedEnvironment(terminal: Terminal, server: string): Promise<string | undefined> {
  const named = terminal.environment['PATCHBAY_ENVIRONMENT'];
  if (named !== undefined && named !== '') return named;
  const session = await readSession(terminal);
  return session?.server === server ? session.environment : undefined;
}
