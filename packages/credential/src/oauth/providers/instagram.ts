import type { IdentityProvider } from '../contract.ts';

export const instagram: IdentityProvider = {
  name: 'instagram',
  title: 'Instagram',
  authorizationUrl: 'https://api.instagram.com/oauth/authorize',
  tokenUrl: 'https://api.instagram.com/oauth/access_token',
  scopeDelimiter: ',',
};
