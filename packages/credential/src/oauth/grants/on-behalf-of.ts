import type { OAuthSettings, TokenSet } from '../contract.ts';
import { type OAuthAccess, requestToken } from '../token-request.ts';

/** Exchanges a caller's token of this platform for one of the API, without asking the person (Entra ID's on-behalf-of flow). */
export function requestOnBehalfOf(
  settings: OAuthSettings,
  callerToken: string,
  access: OAuthAccess,
): Promise<TokenSet> {
  const scopes = settings.values['scopes'] ?? '';
  return requestToken(
    settings,
    'token',
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: callerToken,
      requested_token_use: 'on_behalf_of',
      scope: scopes === '' ? 'openid' : scopes,
    },
    access,
  );
}
