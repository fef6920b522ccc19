import { createHash, randomBytes } from 'node:crypto';
import { CredentialError } from './errors.ts';

const keyBytes = 32;

/** A fresh master key as it is kept in its file: one line of base64. */
export function generateMasterKey(): string {
  return `${randomBytes(keyBytes).toString('base64')}\n`;
}

/** Reads the content of a master key file; throws `master-key-invalid`. */
export function parseMasterKey(text: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (key.length !== keyBytes || key.toString('base64') !== trimmed) {
    throw new CredentialError(
      'master-key-invalid',
      `The master key file must hold ${keyBytes} bytes in base64, on one line.`,
    );
  }
  return key;
}

/** Names a master key without telling anything of it. */
export function fingerprint(masterKey: Uint8Array): string {
  return createHash('sha256').update('patchbay master key').update(masterKey).digest('hex').slice(0, 16);
}
