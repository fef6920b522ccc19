import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, type Terminal } from '../terminal.ts';
import { listConnections } from './list-connections.ts';
import type { ServerClient } from './server-client.ts';

type Start =
  | { readonly kind: 'browser'; readonly url: string }
  | { readonly kind: 'device'; readonly userCode: string; readonly url: string; readonly ticket: string };

const pollMs = 2_000;
const waitMs = 15 * 60 * 1000;

/** Shows where to sign in for a connection and, unless told not to, waits until it is done. */
export async function signInConnection(
  terminal: Terminal,
  client: ServerClient,
  connection: { readonly name: string; readonly environment: string | undefined },
  { isWaiting }: { readonly isWaiting: boolean },
): Promise<Start> {
  const at = `/api/connections/${encodeURIComponent(connection.name)}/sign-in`;
  // The route's own document has this shape.
  const start = (await client.send('POST', at, {})) as unknown as Start;
  const url = new URL(start.url, client.server).href;
  terminal.err(`To sign in for the connection, open\n\n  ${url}\n\n`);
  if (start.kind === 'device') terminal.err(`and enter the code ${start.userCode}.\n`);
  if (!isWaiting) return { ...start, url };
  terminal.err('Waiting …\n');
  const giveUpAtMs = Date.now() + waitMs;
  while (Date.now() < giveUpAtMs) {
    await sleep(pollMs, undefined, { signal: terminal.signal });
    if (await isDone(client, at, start, connection)) return { ...start, url };
  }
  throw new CommandError(3, 'Nobody signed in within 15 minutes. Run `patchbay connection sign-in` again.');
}

async function isDone(
  client: ServerClient,
  at: string,
  start: Start,
  { name, environment }: { readonly name: string; readonly environment: string | undefined },
): Promise<boolean> {
  if (start.kind === 'device') {
    const { isConnected } = (await client.send('POST', `${at}/device`, { ticket: start.ticket })) as {
      readonly isConnected?: unknown;
    };
    return isConnected === true;
  }
  const listed = await listConnections(client, environment);
  return listed.some((one) => one.name === name && one.status === 'Connected');
}
