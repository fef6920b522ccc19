import type { IdentityProvider } from '../contract.ts';

export const slack: IdentityProvider = {
  name: 'slack',
  title: 'Slack',
  authorizationUrl: 'https://slack.com/oauth/v2/authorize',
  tokenUrl: 'https://slack.com/api/oauth.v2.access',
  scopeDelimiter: ',',
};
