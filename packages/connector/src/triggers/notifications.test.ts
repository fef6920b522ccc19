import { createHmac } from 'node:crypto';
import type { JsonValue, WebhookSignatureRule } from '@patchbay/definition';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventIdOf } from './event-id.ts';
import { answerHandshake } from './handshake.ts';
import { isSignedNotification, type RawNotification } from './verify-notification.ts';

const nowMs = Date.UTC(2026, 0, 1);
const seconds = String(nowMs / 1000);
const secret = 'shh-6c2a';

function notification(given: Partial<Omit<RawNotification, 'body'>> & { readonly body?: string }): RawNotification {
  return {
    method: 'POST',
    url: 'https://p.test/n/1',
    headers: {},
    ...given,
    body: new TextEncoder().encode(given.body ?? ''),
  };
}

const hub: WebhookSignatureRule = {
  header: 'X-Hub-Signature-256',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
  content: '{body}',
  secretEncoding: 'text',
  secret: { kind: 'connectionParameter', name: 'secret' },
};
const sign = (content: string, encoding: 'hex' | 'base64', algorithm = 'sha256'): string =>
  createHmac(algorithm, secret).update(content).digest(encoding);

const signed: readonly (readonly [string, WebhookSignatureRule, RawNotification])[] = [
  [
    'GitHub',
    hub,
    notification({ body: '{"a":1}', headers: { 'x-hub-signature-256': `sha256=${sign('{"a":1}', 'hex')}` } }),
  ],
  [
    'Slack',
    {
      ...hub,
      header: 'X-Slack-Signature',
      prefix: 'v0=',
      content: 'v0:{timestamp}:{body}',
      timestamp: { header: 'X-Slack-Request-Timestamp', toleranceSeconds: 300 },
    },
    notification({
      body: 'x=1',
      headers: { 'x-slack-signature': `v0=${sign(`v0:${seconds}:x=1`, 'hex')}`, 'x-slack-request-timestamp': seconds },
    }),
  ],
  [
    'Stripe, with a key that is being replaced',
    {
      ...hub,
      header: 'Stripe-Signature',
      prefix: '',
      field: 'v1',
      content: '{timestamp}.{body}',
      timestamp: { field: 't', toleranceSeconds: 300 },
    },
    notification({
      body: '{}',
      headers: { 'stripe-signature': `t=${seconds},v1=${'00'.repeat(32)},v1=${sign(`${seconds}.{}`, 'hex')},v0=x` },
    }),
  ],
  [
    'Standard Webhooks',
    {
      ...hub,
      header: 'webhook-signature',
      prefix: 'v1,',
      encoding: 'base64',
      content: '{header.webhook-id}.{timestamp}.{body}',
      timestamp: { header: 'webhook-timestamp', toleranceSeconds: 300 },
    },
    notification({
      body: '{}',
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': seconds,
        'webhook-signature': `v1a,AAAA v1,${sign(`msg_1.${seconds}.{}`, 'base64')}`,
      },
    }),
  ],
  [
    'Shopify',
    { ...hub, header: 'X-Shopify-Hmac-Sha256', prefix: '', encoding: 'base64' },
    notification({ body: '{}', headers: { 'x-shopify-hmac-sha256': sign('{}', 'base64') } }),
  ],
  [
    'one that signs method, address and body, by SHA-1',
    { ...hub, header: 'X-S', prefix: '', algorithm: 'sha1', content: '{method}{url}{body}' },
    notification({ body: 'b', headers: { 'x-s': sign('POSThttps://p.test/n/1b', 'hex', 'sha1') } }),
  ],
];

it.each(signed)('knows what %s signs', (_name, rule, received) => {
  expect(isSignedNotification(rule, secret, received, nowMs)).toBe(true);
  expect(isSignedNotification(rule, 'another', received, nowMs)).toBe(false);
  expect(isSignedNotification(rule, '', received, nowMs)).toBe(false);
  expect(isSignedNotification(rule, secret, { ...received, body: new Uint8Array([1]) }, nowMs)).toBe(false);
  expect(isSignedNotification(rule, secret, { ...received, headers: {} }, nowMs)).toBe(false);
  const isLate = isSignedNotification(rule, secret, received, nowMs + 301_000);
  expect(isLate).toBe(rule.timestamp === undefined);
});

it('takes no header of a stranger for a signature', () => {
  fc.assert(
    fc.property(fc.constantFrom(...signed), fc.string(), fc.string(), ([, rule, received], header, time) => {
      const headers = {
        ...received.headers,
        [rule.header.toLowerCase()]: header,
        [(rule.timestamp?.header ?? 'x').toLowerCase()]: time,
      };
      expect(isSignedNotification(rule, secret, { ...received, headers }, nowMs)).toBe(false);
    }),
    { numRuns: 2_000, seed: 20_261_125 },
  );
});

it.each([
  ['Microsoft Graph', { method: 'POST', url: 'https://p.test/n/1?validationToken=a%20b%3C' }, 200, 'a b<'],
  ['Dropbox', { method: 'GET', url: 'https://p.test/n/1?challenge=abc' }, 200, 'abc'],
  ['WebSub', { method: 'GET', url: 'https://p.test/n/1?hub.mode=subscribe&hub.challenge=42&hub.topic=x' }, 200, '42'],
  [
    'Azure Event Grid',
    {
      headers: { 'aeg-event-type': 'SubscriptionValidation', 'content-type': 'application/json' },
      body: '[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d"}}]',
    },
    200,
    '{"validationResponse":"512d"}',
  ],
  [
    'Slack',
    {
      headers: { 'content-type': 'application/json' },
      body: '{"token":"t","challenge":"3eZb","type":"url_verification"}',
    },
    200,
    '{"challenge":"3eZb"}',
  ],
  ['Asana', { headers: { 'x-hook-secret': 'b537' } }, 200, undefined],
  ['CloudEvents', { method: 'OPTIONS', headers: { 'webhook-request-origin': 'events.test' } }, 200, undefined],
] as const)('answers how %s tries an address', (_name, given, status, body) => {
  const received = notification(given);
  const answer = answerHandshake(received, () => parse(received));
  expect([answer?.status, answer?.body]).toEqual([status, body]);
  const echoed = { 'x-hook-secret': 'b537', 'webhook-allowed-origin': 'events.test' };
  for (const [name, value] of Object.entries(echoed)) expect([undefined, value]).toContain(answer?.headers[name]);
});

it.each([
  [
    'an event with a challenge among other things',
    { headers: { 'content-type': 'application/json' }, body: '{"challenge":"x","data":1}' },
  ],
  [
    'an event of Event Grid',
    { headers: { 'aeg-event-type': 'Notification' }, body: '[{"data":{"validationCode":"x"}}]' },
  ],
  ['a challenge that is too long', { method: 'GET', url: `https://p.test/?challenge=${'x'.repeat(5000)}` }],
  ['a challenge that is sent', { url: 'https://p.test/?challenge=abc' }],
  ['a body that is no JSON', { headers: { 'content-type': 'text/plain' }, body: '{"challenge":"x"}' }],
])('takes %s for an event', (_name, given) => {
  const received = notification(given);
  expect(answerHandshake(received, () => parse(received))).toBeUndefined();
});

it('gives the secret of a first request, by the header that the connector names', () => {
  const received = notification({ headers: { 'x-my-secret': 's3' } });
  expect(answerHandshake(received, () => null, 'X-My-Secret')).toEqual({
    status: 200,
    headers: { 'x-my-secret': 's3' },
    secret: 's3',
  });
});

it.each([
  [{ kind: 'header', name: 'X-Id' }, 'h1'],
  [{ kind: 'property', name: 'data.id' }, '7'],
  [{ kind: 'property', name: 'data.missing' }, undefined],
] as const)('finds the id of an event at %j', (eventId, expected) => {
  const trigger = { kind: 'webhook' as const, batch: false, eventId };
  expect(eventIdOf(trigger, { headers: { 'x-id': 'h1' } }, { data: { id: 7 } })).toBe(expected);
  expect(eventIdOf(undefined, { headers: {} }, null)).toBeUndefined();
});

function parse(received: RawNotification): JsonValue {
  return JSON.parse(new TextDecoder().decode(received.body)) as JsonValue;
}
