import type { IdentityProvider } from '../contract.ts';

export const linkedin: IdentityProvider = {
  name: 'linkedin',
  title: 'LinkedIn',
  authorizationUrl: 'https://www.linkedin.com/oauth/v2/authorization',
  tokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
};
