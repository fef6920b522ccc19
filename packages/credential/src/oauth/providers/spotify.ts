import type { IdentityProvider } from '../contract.ts';

export const spotify: IdentityProvider = {
  name: 'spotify',
  title: 'Spotify',
  authorizationUrl: 'https://accounts.spotify.com/authorize',
  tokenUrl: 'https://accounts.spotify.com/api/token',
  clientAuthentication: 'client_secret_basic',
};
