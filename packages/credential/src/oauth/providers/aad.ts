import type { IdentityProvider } from '../contract.ts';

/** Microsoft Entra ID: tokens for a resource, whose identifier is sent exactly as written. */
export const aad: IdentityProvider = {
  name: 'aad',
  title: 'Microsoft Entra ID',
  authorizationUrl: '{LoginUri}/{TenantId}/oauth2/authorize',
  tokenUrl: '{LoginUri}/{TenantId}/oauth2/token',
  deviceAuthorizationUrl: '{LoginUri}/{TenantId}/oauth2/devicecode',
  authorizationParameters: { resource: '{ResourceUri}', prompt: '{Prompt}' },
  tokenParameters: { resource: '{ResourceUri}' },
  defaults: { loginuri: 'https://login.microsoftonline.com', tenantid: 'common' },
};
