import type { IdentityProvider } from '../contract.ts';

export const facebook: IdentityProvider = {
  name: 'facebook',
  title: 'Facebook',
  authorizationUrl: 'https://www.facebook.com/v21.0/dialog/oauth',
  tokenUrl: 'https://graph.facebook.com/v21.0/oauth/access_token',
  scopeDelimiter: ',',
};
