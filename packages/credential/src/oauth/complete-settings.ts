import { CredentialError } from '../errors.ts';
import type { OAuthSettings, Texts } from './contract.ts';
import { readMetadata } from './discover-issuer.ts';
import type { Fetch } from './token-request.ts';

/** Settings and the metadata members that fill them (OpenID Connect Discovery §3, RFC 8414 §2). */
const members: readonly (readonly [string, string])[] = [
  ['authorizationurl', 'authorization_endpoint'],
  ['tokenurl', 'token_endpoint'],
  ['deviceauthorizationurl', 'device_authorization_endpoint'],
  ['issuer', 'issuer'],
];

/** Where a provider describes itself, for settings that say nothing else of it, as OpenID Connect schemes do. */
export function discoveryAddress({ values }: OAuthSettings): string | undefined {
  return values['tokenurl'] === undefined ? values['discoveryurl'] : undefined;
}

/** The addresses that a provider describes, by the names that settings have for them. Throws `token-unavailable` without any. */
export async function discoverAddresses(address: string, send: Fetch): Promise<Texts> {
  const found = await readMetadata(address, send);
  if (found === undefined) {
    throw new CredentialError('token-unavailable', `The identity provider does not describe itself at ${address}.`);
  }
  return Object.fromEntries(
    members.flatMap(([name, member]) => {
      const value = found[member];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}

/** The settings with addresses that were discovered; what they say themselves wins. */
export function withAddresses(settings: OAuthSettings, addresses: Texts): OAuthSettings {
  return { ...settings, values: { ...addresses, ...settings.values } };
}
