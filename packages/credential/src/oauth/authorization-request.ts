import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi';
import type { AuthorizationRequest, OAuthSettings, Texts } from './contract.ts';
import { fillAddress, fillTemplate } from './fill-template.ts';

/**
 * Where a person's browser goes to let the client in (RFC 6749 §4.1.1), always with PKCE (RFC 7636 §4.3): a provider that does not
 * know it leaves it out of account.
 */
export async function buildAuthorizationRequest(settings: OAuthSettings): Promise<AuthorizationRequest> {
  const { provider, clientId } = settings;
  const state = generateRandomState();
  const codeVerifier = generateRandomCodeVerifier();
  const values: Texts = { ...settings.values, state };
  const url = new URL(
    fillAddress('authorization address', provider.authorizationUrl, values, provider.authorizationQuery),
  );
  if (provider.authorizationQuery === undefined) {
    const standard = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: values['redirecturl'] ?? '',
      scope: values['scopes'] ?? '',
    };
    for (const [name, value] of Object.entries(standard)) if (value !== '') url.searchParams.set(name, value);
    for (const [name, template] of Object.entries(provider.authorizationParameters ?? {})) {
      const value = fillTemplate(template, values);
      if (value !== '') url.searchParams.set(name, value);
    }
  }
  // Whatever a template says of these two, they are ours.
  url.searchParams.set('state', state);
  url.searchParams.set('code_challenge', await calculatePKCECodeChallenge(codeVerifier));
  url.searchParams.set('code_challenge_method', 'S256');
  return { url: url.href, state, codeVerifier };
}

/** The host on whose page people sign in. Throws `oauth-settings-invalid` when the settings name none. */
export function authorizationHost({ provider, values }: OAuthSettings): string {
  return new URL(fillAddress('authorization address', provider.authorizationUrl, values)).host;
}
