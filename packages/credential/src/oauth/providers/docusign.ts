import type { IdentityProvider } from '../contract.ts';

/** `LoginUri` chooses production or the developers' environment. */
export const docusign: IdentityProvider = {
  name: 'docusign',
  title: 'DocuSign',
  authorizationUrl: '{LoginUri}/oauth/auth',
  tokenUrl: '{LoginUri}/oauth/token',
  clientAuthentication: 'client_secret_basic',
  defaults: { loginuri: 'https://account.docusign.com' },
};
