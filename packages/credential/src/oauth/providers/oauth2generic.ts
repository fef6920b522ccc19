import type { IdentityProvider } from '../contract.ts';

/** Any provider, by templates of what is sent: those that are left out are the standard's. */
export const oauth2generic: IdentityProvider = {
  name: 'oauth2generic',
  title: 'OAuth 2.0',
  authorizationUrl: '{AuthorizationUrlTemplate}',
  authorizationQuery: '{AuthorizationUrlQueryStringTemplate}',
  tokenUrl: '{TokenUrlTemplate}',
  tokenQuery: '{TokenUrlQueryStringTemplate}',
  tokenBody: '{TokenBodyTemplate}',
  refreshUrl: '{RefreshUrlTemplate}',
  refreshQuery: '{RefreshUrlQueryStringTemplate}',
  refreshBody: '{RefreshBodyTemplate}',
};
