import type { IdentityProvider } from '../contract.ts';

/** `LoginUri` chooses production, a sandbox or an own domain. */
export const salesforce: IdentityProvider = {
  name: 'salesforce',
  title: 'Salesforce',
  authorizationUrl: '{LoginUri}/services/oauth2/authorize',
  tokenUrl: '{LoginUri}/services/oauth2/token',
  deviceAuthorizationUrl: '{LoginUri}/services/oauth2/token',
  defaults: { loginuri: 'https://login.salesforce.com' },
};
