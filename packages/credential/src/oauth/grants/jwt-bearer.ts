import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { CredentialError } from '../../errors.ts';
import { readPrivateKey } from '../client-authentication.ts';
import type { OAuthSettings, TokenSet } from '../contract.ts';
import { fillAddress } from '../fill-template.ts';
import { type OAuthAccess, requestToken } from '../token-request.ts';

const lifetimeSeconds = 300;

/**
 * A token for an assertion that we sign (RFC 7523 §2.1): for the client, or for the `subject` that let it in once. The scope is in the
 * assertion as well, where some providers look for it.
 */
export async function requestWithAssertion(settings: OAuthSettings, access: OAuthAccess): Promise<TokenSet> {
  const { values, clientId, provider } = settings;
  const text = values['privatekey'];
  if (text === undefined) {
    throw new CredentialError(
      'oauth-settings-invalid',
      'There is no private key to sign with. Set it in the connector\'s OAuth settings, or give the connection "token:privateKey".',
    );
  }
  const key = readPrivateKey(text);
  const scope = values['scopes'] ?? '';
  const keyId = values['keyid'];
  const assertion = await new SignJWT(scope === '' ? {} : { scope })
    .setProtectedHeader({ alg: algorithmFor(key), typ: 'JWT', ...(keyId !== undefined && { kid: keyId }) })
    .setIssuer(clientId)
    .setSubject(values['subject'] ?? values['username'] ?? clientId)
    .setAudience(values['audience'] ?? fillAddress('token address', provider.tokenUrl, values))
    .setIssuedAt(Math.floor(access.nowMs() / 1000))
    .setExpirationTime(Math.floor(access.nowMs() / 1000) + lifetimeSeconds)
    .setJti(randomUUID())
    .sign(key);
  // The client has proved itself by the assertion already (RFC 7521 §4.1).
  const proof =
    settings.authentication === 'private_key_jwt' ? { ...settings, authentication: 'none' as const } : settings;
  return requestToken(
    proof,
    'token',
    { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion, scope },
    access,
  );
}

function algorithmFor({ asymmetricKeyType, asymmetricKeyDetails }: ReturnType<typeof readPrivateKey>): string {
  if (asymmetricKeyType === 'rsa') return 'RS256';
  if (asymmetricKeyType === 'ed25519') return 'EdDSA';
  switch (asymmetricKeyDetails?.namedCurve) {
    case 'secp384r1':
      return 'ES384';
    case 'secp521r1':
      return 'ES512';
    default:
      return 'ES256';
  }
}
