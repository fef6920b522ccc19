import type { OAuthSettings, TokenSet } from '../contract.ts';
import { type OAuthAccess, requestToken } from '../token-request.ts';

/**
 * A new token for the refresh token (RFC 6749 §6), or for the access token where a provider gives no other. A provider that does not
 * rotate sends no new refresh token: the old one stays.
 */
export async function refreshTokens(settings: OAuthSettings, tokens: TokenSet, access: OAuthAccess): Promise<TokenSet> {
  const { refreshToken = tokens.accessToken } = tokens;
  const fresh = await requestToken(
    settings,
    'refresh',
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    access,
  );
  return {
    ...fresh,
    ...(fresh.refreshToken === undefined && tokens.refreshToken !== undefined && { refreshToken }),
    ...(fresh.accountName === undefined && tokens.accountName !== undefined && { accountName: tokens.accountName }),
  };
}
