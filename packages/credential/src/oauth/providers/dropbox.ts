import type { IdentityProvider } from '../contract.ts';

export const dropbox: IdentityProvider = {
  name: 'dropbox',
  title: 'Dropbox',
  authorizationUrl: 'https://www.dropbox.com/oauth2/authorize',
  tokenUrl: 'https://api.dropboxapi.com/oauth2/token',
  authorizationParameters: { token_access_type: 'offline' },
};
