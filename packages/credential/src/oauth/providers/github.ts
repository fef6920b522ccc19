import type { IdentityProvider } from '../contract.ts';

export const github: IdentityProvider = {
  name: 'github',
  title: 'GitHub',
  authorizationUrl: 'https://github.com/login/oauth/authorize',
  tokenUrl: 'https://github.com/login/oauth/access_token',
  deviceAuthorizationUrl: 'https://github.com/login/device/code',
};
