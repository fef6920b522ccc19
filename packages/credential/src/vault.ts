import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedSecret, SecretValues, Vault } from './contract.ts';
import { CredentialError } from './errors.ts';
import { fingerprint } from './master-key.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Makes a vault: every seal gets a data key of its own, which is wrapped under the master key (envelope encryption, NIST SP
 * 800-38D for AES-GCM). Both ciphertexts authenticate the context.
 */
export function createVault({ masterKey }: { readonly masterKey: Uint8Array }): Vault {
  if (masterKey.length !== 32) throw new CredentialError('master-key-invalid', 'The master key must have 32 bytes.');
  const keyId = fingerprint(masterKey);
  return {
    async seal(values, context) {
      const dataKey = randomBytes(32);
      return {
        version: 1,
        keyId,
        wrappedKey: encrypt(masterKey, dataKey, `key ${context}`).toString('base64'),
        sealed: encrypt(dataKey, Buffer.from(JSON.stringify(values), 'utf8'), `secret ${context}`).toString('base64'),
      };
    },
    async open(sealed, context) {
      const dataKey = unwrap(masterKey, keyId, sealed, context);
      return JSON.parse(decrypt(dataKey, sealed.sealed, `secret ${context}`).toString('utf8')) as SecretValues;
    },
  };
}

/** The same secret under another master key; its own ciphertext stays as it is. */
export function rewrap(sealed: SealedSecret, context: string, from: Uint8Array, to: Uint8Array): SealedSecret {
  const dataKey = unwrap(from, fingerprint(from), sealed, context);
  return { ...sealed, keyId: fingerprint(to), wrappedKey: encrypt(to, dataKey, `key ${context}`).toString('base64') };
}

function unwrap(masterKey: Uint8Array, keyId: string, sealed: SealedSecret, context: string): Buffer {
  if (sealed.keyId !== keyId) {
    throw new CredentialError(
      'master-key-unknown',
      `The secrets of ${context} were sealed under another master key (${sealed.keyId}). Start with that key, or enter the secrets again.`,
    );
  }
  return decrypt(masterKey, sealed.wrappedKey, `key ${context}`);
}

function encrypt(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, text: string, context: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(context, 'utf8'))
      .setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
  } catch (error) {
    throw new CredentialError(
      'secret-damaged',
      'A sealed secret was changed or moved, and does not open. Enter the secrets again.',
      {
        cause: error,
      },
    );
  }
}
