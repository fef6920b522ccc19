import { createHmac } from 'node:crypto';
import type { JsonValue, WebhookSignatureRule } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { answerSecretChallenge, readSecretChallenge } from './secret-challenge.ts';
import { isSignedNotification, type RawNotification } from './verify-notification.ts';

const nowMs = Date.UTC(2026, 0, 1);
const seconds = String(nowMs / 1000);
const secret = 'shh-6c2a';
const hmac = (content: string, encoding: 'hex' | 'base64', key: string | Buffer = secret): string =>
  createHmac('sha256', key).update(content).digest(encoding);

const crc: WebhookSignatureRule = {
  header: 'X-Twitter-Webhooks-Signature',
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: 'sha256=',
  content: '{body}',
  secretEncoding: 'text',
  secret: { kind: 'connectionParameter', name: 'secret' },
};
const zoom: WebhookSignatureRule = {
  ...crc,
  header: 'x-zm-signature',
  encoding: 'hex',
  prefix: 'v0=',
  content: 'v0:{timestamp}:{body}',
  timestamp: { header: 'x-zm-request-timestamp', toleranceSeconds: 300 },
};

function received(method: string, url: string, body = '', headers: RawNotification['headers'] = {}): RawNotification {
  return { method, url, headers, body: new TextEncoder().encode(body) };
}

function answer(rule: WebhookSignatureRule, notification: RawNotification, key = secret) {
  const challenge = readSecretChallenge(notification, () => parse(notification));
  return challenge && answerSecretChallenge(challenge, rule, key, notification, nowMs);
}

it('answers a challenge-response check with the secret', () => {
  const check = received('GET', 'https://p.test/n/1?crc_token=abc-DEF_1&nonce=x');
  expect(answer(crc, check)).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_token: `sha256=${hmac('abc-DEF_1', 'base64')}` }),
  });
  expect(answer(crc, check, '')).toBeUndefined();
});

it('signs nothing for a check that could be an event', () => {
  const event = '{"a":1}';
  const check = received('GET', `https://p.test/n/1?crc_token=${encodeURIComponent(event)}`);
  expect(answer(crc, check)).toBeUndefined();
  // What it would have signed is what an event with this body needs.
  const headers = { 'x-twitter-webhooks-signature': `sha256=${hmac(event, 'base64')}` };
  expect(isSignedNotification(crc, secret, received('POST', 'https://p.test/n/1', event, headers), nowMs)).toBe(true);
});

it('answers a validation of the address that is signed with the secret, and no other', () => {
  const body = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken: 'qgg8' } });
  const signed = {
    'x-zm-request-timestamp': seconds,
    'x-zm-signature': `v0=${hmac(`v0:${seconds}:${body}`, 'hex')}`,
  };
  const validation = received('POST', 'https://p.test/n/1', body, signed);
  expect(answer(zoom, validation)?.body).toBe(
    JSON.stringify({ plainToken: 'qgg8', encryptedToken: hmac('qgg8', 'hex') }),
  );
  expect(answer(zoom, validation, 'another')).toBeUndefined();
  expect(answer(zoom, received('POST', 'https://p.test/n/1', body))).toBeUndefined();
});

it.each([
  ['an event', received('POST', 'https://p.test/n/1', '{"event":"meeting.started","payload":{"plainToken":"x"}}')],
  ['a validation without a token', received('POST', 'https://p.test/n/1', '{"event":"endpoint.url_validation"}')],
  ['a check that is sent', received('POST', 'https://p.test/n/1?crc_token=x', '{}')],
  ['a check that is too long', received('GET', `https://p.test/n/1?crc_token=${'x'.repeat(2000)}`)],
])('takes %s for no challenge', (_name, notification) => {
  expect(readSecretChallenge(notification, () => parse(notification))).toBeUndefined();
});

it('reads a secret that is written in base64', () => {
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const rule: WebhookSignatureRule = {
    ...crc,
    header: 'webhook-signature',
    prefix: 'v1,',
    content: '{header.webhook-id}.{timestamp}.{body}',
    timestamp: { header: 'webhook-timestamp', toleranceSeconds: 300 },
    secretEncoding: 'base64',
  };
  const body = '{"test": 2432232314}';
  const signature = hmac(`msg_p5jXN8.${seconds}.${body}`, 'base64', key);
  const notification = received('POST', 'https://p.test/n/1', body, {
    'webhook-id': 'msg_p5jXN8',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  });
  for (const text of ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']) {
    expect(isSignedNotification(rule, text, notification, nowMs)).toBe(true);
    expect(isSignedNotification({ ...rule, secretEncoding: 'text' }, text, notification, nowMs)).toBe(false);
  }
  expect(isSignedNotification(rule, 'whsec_', notification, nowMs)).toBe(false);
});

function parse({ body }: RawNotification): JsonValue {
  const text = new TextDecoder().decode(body);
  return text === '' ? null : (JSON.parse(text) as JsonValue);
}
