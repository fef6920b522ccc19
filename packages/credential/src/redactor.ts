import { basicToken } from './apply-credential.ts';
import type { Credential } from './contract.ts';

/** What stands where a secret stood. */
export const redacted = '***';

/** Replaces every secret in a text, also in its percent-encoded, form-encoded, base64 and JSON-escaped forms. */
export type Redactor = (text: string) => string;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Makes a redactor. Empty secrets are ignored; short ones are redacted too: better too much than one leaked. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))].sort(
    (left, right) => right.length - left.length,
  );
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return (text) => text.replace(pattern, redacted);
}

/** Redacts every string of a JSON value, keys included. */
export function redactValue(value: Json, redact: Redactor): Json {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item: Json) => redactValue(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), redactValue(item as Json, redact)]),
  );
}

/** Everything in a credential that must not be seen, in every form it takes on the wire. */
export function secretsOf(credential: Credential): readonly string[] {
  switch (credential.kind) {
    case 'none':
      return [];
    case 'apiKey':
      return [credential.value];
    case 'bearer':
      return [credential.token.replace(/^bearer\s+/i, '')];
    case 'basic':
      return [credential.password, basicToken(credential.username, credential.password)];
    case 'clientCertificate':
      return [credential.key, credential.passphrase ?? ''];
    case 'awsSignature':
      return [credential.secretAccessKey, credential.sessionToken ?? ''];
    case 'all':
      return credential.credentials.flatMap(secretsOf);
  }
}

function formsOf(given: string): readonly string[] {
  const secret = given.toWellFormed();
  const encoded = encodeURIComponent(secret);
  return [
    given,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (encodedByte) => encodedByte.toLowerCase()),
    encoded.replaceAll('%20', '+'),
    new URLSearchParams([['', secret]]).toString().slice(1),
    Buffer.from(secret, 'utf8').toString('base64'),
    JSON.stringify(secret).slice(1, -1),
  ];
}
