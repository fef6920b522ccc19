import { createHmac } from 'node:crypto';
import type { JsonValue, WebhookSignatureRule } from '@patchbay/definition';
import { isObject } from '../policies/property-path.ts';
import type { HandshakeAnswer } from './handshake.ts';
import { isSignedNotification, type RawNotification, secretKey } from './verify-notification.ts';

/** A service that tries whether its secret is known at an address. */
export type SecretChallenge = { readonly kind: 'crc' | 'url-validation'; readonly token: string };

/** Longer challenges are none. */
const longest = 1024;

/**
 * Reads a challenge that is answered with the secret: X's (Twitter's) challenge-response check (`GET ?crc_token=…`), Zoom's
 * `endpoint.url_validation`. `undefined`: it is something else.
 */
export function readSecretChallenge(
  { method, url }: RawNotification,
  body: () => JsonValue,
): SecretChallenge | undefined {
  if (method === 'GET') {
    const token = URL.parse(url)?.searchParams.get('crc_token');
    // What is answered is a signature of the token: with other characters it could be one of an event.
    return token !== null && token !== undefined && token.length <= longest && /^[\w.=-]+$/.test(token)
      ? { kind: 'crc', token }
      : undefined;
  }
  if (method !== 'POST') return undefined;
  const value = body();
  if (!isObject(value) || value['event'] !== 'endpoint.url_validation') return undefined;
  const payload = value['payload'];
  const token = isObject(payload) ? payload['plainToken'] : undefined;
  return typeof token === 'string' && token !== '' && token.length <= longest
    ? { kind: 'url-validation', token }
    : undefined;
}

/**
 * Answers a challenge with the secret by which the trigger's notifications are signed. `undefined`: nobody who knows the secret asks; a
 * validation is signed itself, for its token could be what a signature of an event is made of.
 */
export function answerSecretChallenge(
  { kind, token }: SecretChallenge,
  rule: WebhookSignatureRule,
  secret: string,
  notification: RawNotification,
  nowMs: number,
): HandshakeAnswer | undefined {
  if (secretKey(rule, secret).length === 0) return undefined;
  const signed = createHmac(rule.algorithm, secretKey(rule, secret)).update(token);
  switch (kind) {
    case 'crc':
      return answerJson({ response_token: `${rule.algorithm}=${signed.digest('base64')}` });
    case 'url-validation':
      if (!isSignedNotification(rule, secret, notification, nowMs)) return undefined;
      return answerJson({ plainToken: token, encryptedToken: signed.digest('hex') });
  }
}

function answerJson(value: JsonValue): HandshakeAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
