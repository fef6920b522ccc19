import { CredentialError } from '../errors.ts';
import type { OAuthGrant, OAuthSettings, TokenSet } from './contract.ts';
import { requestClientCredentials } from './grants/client-credentials.ts';
import { requestWithAssertion } from './grants/jwt-bearer.ts';
import { requestWithPassword } from './grants/password.ts';
import { refreshTokens } from './grants/refresh.ts';
import type { OAuthAccess } from './token-request.ts';

type Obtain = (settings: OAuthSettings, access: OAuthAccess) => Promise<TokenSet>;

/** Grants that need nobody: the first token and every later one come from what the connection holds. */
const unattended: { readonly [grant in OAuthGrant]?: Obtain } = {
  'client-credentials': requestClientCredentials,
  password: requestWithPassword,
  'jwt-bearer': requestWithAssertion,
};

/** Whether a connection gets its tokens without anybody signing in. */
export function isUnattended({ grant }: Pick<OAuthSettings, 'grant'>): boolean {
  return unattended[grant] !== undefined;
}

/**
 * The next tokens after those that are there, if any: by refreshing where there is a refresh token, by the grant itself where it needs
 * nobody. Throws `sign-in-needed` when only a person can help.
 */
export async function obtainTokens(
  settings: OAuthSettings,
  tokens: TokenSet | undefined,
  access: OAuthAccess,
): Promise<TokenSet> {
  const obtain = unattended[settings.grant];
  const canRefresh = tokens !== undefined && (tokens.refreshToken !== undefined || obtain === undefined);
  if (canRefresh && (tokens.refreshToken !== undefined || hasOwnRefresh(settings))) {
    try {
      return await refreshTokens(settings, tokens, access);
    } catch (error) {
      const isDead = error instanceof CredentialError && error.code === 'sign-in-needed';
      if (!isDead || obtain === undefined) throw error;
    }
  }
  if (obtain !== undefined) return obtain(settings, access);
  throw new CredentialError(
    'sign-in-needed',
    tokens === undefined
      ? 'Nobody has signed in for this connection yet. Sign in.'
      : 'The token is used up and the identity provider gave none to refresh it with. Sign in again.',
  );
}

/** A template of its own says how a provider without refresh tokens renews. */
function hasOwnRefresh({ provider }: OAuthSettings): boolean {
  return provider.refreshBody !== undefined;
}
