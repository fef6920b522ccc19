import {
  createHash,
  createPrivateKey,
  type JsonWebKey,
  type KeyObject,
  type webcrypto,
  X509Certificate,
} from 'node:crypto';
import {
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  modifyAssertion,
  None,
  PrivateKeyJwt,
} from 'oauth4webapi';
import { CredentialError } from '../errors.ts';
import type { OAuthSettings } from './contract.ts';

/** How the client proves itself, as the settings have it. Throws `oauth-settings-invalid` without what that takes. */
export function clientAuthentication(settings: OAuthSettings, audience: string): ClientAuth {
  const { authentication, values } = settings;
  switch (authentication) {
    case 'none':
      return None();
    case 'client_secret_post':
      return ClientSecretPost(required(values['clientsecret'], 'client secret', 'clientSecret'));
    case 'client_secret_basic':
      return ClientSecretBasic(required(values['clientsecret'], 'client secret', 'clientSecret'));
    case 'private_key_jwt': {
      const key = readPrivateKey(required(values['privatekey'], 'private key', 'privateKey'));
      const thumbprints = values['certificate'] === undefined ? {} : thumbprintsOf(values['certificate']);
      const keyId = values['keyid'];
      return PrivateKeyJwt(
        { key: forSigning(key), ...(keyId !== undefined && { kid: keyId }) },
        {
          [modifyAssertion]: (header, payload) => {
            Object.assign(header, thumbprints);
            // Providers before RFC 7523bis know themselves by their token endpoint.
            payload['aud'] = audience;
          },
        },
      );
    }
  }
}

/** A private key in PEM, or as a JWK. */
export function readPrivateKey(text: string): KeyObject {
  try {
    const trimmed = text.trim();
    // A PEM in one line, as it comes out of JSON and environment files.
    if (!trimmed.startsWith('{')) return createPrivateKey(trimmed.replaceAll('\\n', '\n'));
    return createPrivateKey({ key: JSON.parse(trimmed) as JsonWebKey, format: 'jwk' });
  } catch (error) {
    throw new CredentialError('credential-invalid', 'The private key cannot be read. Give it in PEM, or as a JWK.', {
      cause: error,
    });
  }
}

function forSigning(key: KeyObject): webcrypto.CryptoKey {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return key.toCryptoKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
    case 'ec': {
      const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
      return key.toCryptoKey({ name: 'ECDSA', namedCurve: curves[curve] ?? curve }, false, ['sign']);
    }
    case 'ed25519':
      return key.toCryptoKey({ name: 'Ed25519' }, false, ['sign']);
    default:
      throw new CredentialError(
        'credential-invalid',
        `A private key of type ${key.asymmetricKeyType} cannot sign. Use RSA, EC or Ed25519.`,
      );
  }
}

const curves: { readonly [name: string]: string } = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/** By which Entra ID knows the certificate that the key belongs to (RFC 7515 §4.1.7 and 4.1.8). */
function thumbprintsOf(certificate: string): { readonly x5t: string; readonly 'x5t#S256': string } {
  try {
    const { raw } = new X509Certificate(certificate.replaceAll('\\n', '\n'));
    const digest = (algorithm: string): string => createHash(algorithm).update(raw).digest('base64url');
    return { x5t: digest('sha1'), 'x5t#S256': digest('sha256') };
  } catch (error) {
    throw new CredentialError('credential-invalid', 'The certificate cannot be read. Give it in PEM.', {
      cause: error,
    });
  }
}

function required(value: string | undefined, what: string, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw new CredentialError(
    'oauth-settings-invalid',
    `There is no ${what} to prove the client with. Set it in the connector's OAuth settings, or give the connection "token:${name}".`,
  );
}
