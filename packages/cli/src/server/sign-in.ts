import { asFetch, type Egress } from '@patchbay/egress';
import * as client from 'openid-client';
import { networkRules } from '../outbound.ts';
import { CommandError, type Terminal } from '../terminal.ts';
import type { Session } from './session-file.ts';

/** Signs in by the device flow (RFC 8628): the person confirms in a browser, on this machine or another. */
export async function signIn(terminal: Terminal, egress: Egress, server: string): Promise<Session> {
  const { configuration, scope, resource } = await discover(egress, server);
  try {
    const device = await client.initiateDeviceAuthorization(configuration, { scope, resource });
    terminal.err(`To sign in, open\n\n  ${device.verification_uri_complete ?? device.verification_uri}\n\n`);
    terminal.err(`and confirm that it shows the code ${device.user_code}. Waiting …\n`);
    const tokens = await client.pollDeviceAuthorizationGrant(
      configuration,
      device,
      { resource },
      { signal: terminal.signal },
    );
    return toSession(server, tokens);
  } catch (error) {
    throw new CommandError(3, `Signing in did not complete: ${messageOf(error)}. Run \`patchbay login\` again.`, {
      cause: error,
    });
  }
}

/** Exchanges the refresh token for a fresh session; undefined when the server no longer honours it. */
export async function refreshSession(egress: Egress, session: Session): Promise<Session | undefined> {
  if (session.refreshToken === undefined) return undefined;
  const { configuration, resource } = await discover(egress, session.server);
  try {
    const tokens = await client.refreshTokenGrant(configuration, session.refreshToken, { resource });
    return toSession(session.server, tokens, session.refreshToken);
  } catch (error) {
    if (error instanceof client.ResponseBodyError) return undefined;
    throw new CommandError(3, `${session.server} could not renew the sign-in: ${messageOf(error)}`, { cause: error });
  }
}

/** Makes the server forget the session (RFC 7009); false when it could not be told. */
export async function revokeSession(egress: Egress, session: Session): Promise<boolean> {
  try {
    const { configuration } = await discover(egress, session.server);
    await client.tokenRevocation(configuration, session.refreshToken ?? session.accessToken);
    return true;
  } catch {
    return false;
  }
}

type Discovered = { readonly configuration: client.Configuration; readonly scope: string; readonly resource: string };

async function discover(egress: Egress, server: string): Promise<Discovered> {
  const send = asFetch(egress, networkRules);
  try {
    const response = await send(`${server}/api/about`);
    const about = (await response.json()) as { readonly issuer?: unknown; readonly cliClientId?: unknown };
    if (typeof about.issuer !== 'string' || typeof about.cliClientId !== 'string') {
      throw new Error('the answer names no issuer');
    }
    const issuer = new URL(about.issuer);
    const configuration = await client.discovery(issuer, about.cliClientId, undefined, client.None(), {
      [client.customFetch]: send as client.CustomFetch,
      execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
    });
    return { configuration, scope: 'openid offline_access', resource: server };
  } catch (error) {
    throw new CommandError(3, `${server} is not a Patchbay that can be reached: ${messageOf(error)}`, { cause: error });
  }
}

function toSession(server: string, tokens: client.TokenEndpointResponse, earlierRefreshToken?: string): Session {
  const refreshToken = tokens.refresh_token ?? earlierRefreshToken;
  return {
    server,
    accessToken: tokens.access_token,
    expiresAtMs: Date.now() + (tokens.expires_in ?? 300) * 1000,
    ...(refreshToken !== undefined && { refreshToken }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
