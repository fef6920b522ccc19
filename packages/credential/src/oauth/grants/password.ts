import { CredentialError } from '../../errors.ts';
import type { OAuthSettings, TokenSet } from '../contract.ts';
import { type OAuthAccess, requestToken } from '../token-request.ts';

/** A token for a user name and a password (RFC 6749 §4.3), where an API has nothing better. */
export async function requestWithPassword(settings: OAuthSettings, access: OAuthAccess): Promise<TokenSet> {
  const { username, password = '', scopes: scope = '' } = settings.values;
  if (username === undefined) {
    throw new CredentialError('sign-in-needed', 'The connection holds no user name. Give it as "username".');
  }
  return requestToken(settings, 'token', { grant_type: 'password', username, password, scope }, access);
}
