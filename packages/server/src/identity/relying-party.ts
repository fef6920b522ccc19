import { asFetch, type Egress } from '@patchbay/egress';
import * as client from 'openid-client';
import { PlatformError } from '../errors/platform-error.ts';
import type { SubjectClaims } from './account-directory.ts';

/** What has to be remembered between leaving for the issuer and coming back. */
export type PendingSignIn = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
};

/** The portal as a client of the issuer, whichever that is (OpenID Connect Core §3.1, PKCE RFC 7636). */
export interface RelyingParty {
  begin(returnTo: string): Promise<{ readonly url: URL; readonly pending: PendingSignIn }>;
  /** Throws `PlatformError` when what came back is not an answer to what was asked. */
  complete(callback: URL, pending: PendingSignIn): Promise<SubjectClaims>;
}

export type IssuerAccess = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly fetch: typeof globalThis.fetch;
};

export function createRelyingParty(access: IssuerAccess, origin: string): RelyingParty {
  let discovered: Promise<client.Configuration> | undefined;
  const configuration = (): Promise<client.Configuration> => {
    discovered ??= discover(access).catch((error: unknown) => {
      // The issuer may be back the next time somebody signs in.
      discovered = undefined;
      throw new PlatformError('BadGateway', `The issuer ${access.issuer} cannot be used: ${messageOf(error)}`, {
        cause: error,
      });
    });
    return discovered;
  };
  const redirectUri = `${origin}/signin/callback`;
  return {
    async begin(returnTo) {
      const issuer = await configuration();
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        returnTo,
      };
      const url = client.buildAuthorizationUrl(issuer, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url, pending };
    },
    async complete(callback, { state, nonce, verifier }) {
      const url = new URL(redirectUri);
      url.search = callback.search;
      try {
        const tokens = await client.authorizationCodeGrant(await configuration(), url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims !== undefined) return claims;
      } catch (error) {
        if (error instanceof PlatformError) throw error;
        throw new PlatformError('Unauthenticated', `Signing in did not complete: ${messageOf(error)}. Try again.`, {
          cause: error,
        });
      }
      throw new PlatformError('Unauthenticated', 'The issuer sent no identity. Try again.');
    },
  };
}

/** HTTP to the embedded issuer: always to this server itself, wherever its public origin leads. */
export function loopbackFetch(egress: Egress, origin: string, localOrigin: string): typeof globalThis.fetch {
  const send = asFetch(egress, { allow: ['loopback'] });
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) throw new PlatformError('AddressRefused', `${url.origin} is not the embedded issuer.`);
    return send(`${localOrigin}${url.pathname}${url.search}`, init);
  };
}

function discover({ issuer, clientId, clientSecret, fetch }: IssuerAccess): Promise<client.Configuration> {
  const isPlain = new URL(issuer).protocol === 'http:';
  return client.discovery(
    new URL(issuer),
    clientId,
    clientSecret,
    clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret),
    { [client.customFetch]: fetch as client.CustomFetch, execute: isPlain ? [client.allowInsecureRequests] : [] },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
