import type { OAuthSettings, TokenSet } from '../contract.ts';
import { type OAuthAccess, requestToken } from '../token-request.ts';

/** A token for the client itself (RFC 6749 §4.4). */
export function requestClientCredentials(settings: OAuthSettings, access: OAuthAccess): Promise<TokenSet> {
  const scope = settings.values['scopes'] ?? '';
  return requestToken(settings, 'token', { grant_type: 'client_credentials', scope }, access);
}
