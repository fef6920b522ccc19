import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Terminal } from '../terminal.ts';

/** A signed-in session with one server. */
export type Session = {
  /** Origin, without a trailing slash. */
  readonly server: string;
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
  /** The environment in use; the default one when absent. */
  readonly environment?: string;
};

function sessionPath(terminal: Terminal): string {
  return join(terminal.configurationFolder, 'session.json');
}

/** The kept session, or undefined when there is none that can be read. */
export async function readSession(terminal: Terminal): Promise<Session | undefined> {
  const text = await readFile(sessionPath(terminal), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const value = parseRecord(text);
  const { server, accessToken, refreshToken, expiresAtMs, environment } = value;
  if (typeof server !== 'string' || typeof accessToken !== 'string' || typeof expiresAtMs !== 'number')
    return undefined;
  return {
    server,
    accessToken,
    expiresAtMs,
    ...(typeof refreshToken === 'string' && { refreshToken }),
    ...(typeof environment === 'string' && { environment }),
  };
}

/** Keeps the session for this user only (mode 0600), replacing the file as a whole. */
export async function writeSession(terminal: Terminal, session: Session): Promise<void> {
  await mkdir(terminal.configurationFolder, { recursive: true, mode: 0o700 });
  const path = sessionPath(terminal);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
}

export async function removeSession(terminal: Terminal): Promise<void> {
  await rm(sessionPath(terminal), { force: true });
}

function parseRecord(text: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown }) : {};
  } catch {
    return {};
  }
}
