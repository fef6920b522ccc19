import type { IdentityProvider } from '../contract.ts';

/** Personal Microsoft accounts. */
export const microsoft: IdentityProvider = {
  name: 'microsoftaccount',
  title: 'Microsoft account',
  authorizationUrl: 'https://login.live.com/oauth20_authorize.srf',
  tokenUrl: 'https://login.live.com/oauth20_token.srf',
};
