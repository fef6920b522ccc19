import type { OAuthSettings, TokenSet } from '../contract.ts';
import { type OAuthAccess, requestToken } from '../token-request.ts';

/** Redeems the code that the provider sent back (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export function redeemCode(
  settings: OAuthSettings,
  answer: { readonly code: string; readonly codeVerifier: string },
  access: OAuthAccess,
): Promise<TokenSet> {
  return requestToken(
    settings,
    'token',
    {
      grant_type: 'authorization_code',
      code: answer.code,
      redirect_uri: settings.values['redirecturl'] ?? '',
      code_verifier: answer.codeVerifier,
    },
    access,
  );
}
