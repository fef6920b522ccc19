import type { IdentityProvider } from '../contract.ts';

/** Any provider that wants PKCE; here every provider gets it. */
export const oauth2pkce: IdentityProvider = {
  name: 'oauth2pkce',
  title: 'OAuth 2.0 with PKCE',
  authorizationUrl: '{AuthorizationUrl}',
  tokenUrl: '{TokenUrl}',
  refreshUrl: '{RefreshUrl}',
  authorizationParameters: { audience: '{Audience}', idp_hint: '{IdpHint}' },
};
