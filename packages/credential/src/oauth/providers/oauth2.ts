import type { IdentityProvider } from '../contract.ts';

/** Any provider, by its addresses. */
export const oauth2: IdentityProvider = {
  name: 'oauth2',
  title: 'OAuth 2.0',
  authorizationUrl: '{AuthorizationUrl}',
  tokenUrl: '{TokenUrl}',
  refreshUrl: '{RefreshUrl}',
  deviceAuthorizationUrl: '{DeviceAuthorizationUrl}',
  tokenParameters: { audience: '{Audience}', resource: '{Resource}' },
  authorizationParameters: { audience: '{Audience}', resource: '{Resource}', prompt: '{Prompt}' },
};
