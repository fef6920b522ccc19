import { expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../model.ts';
import { readConnector } from '../read-connector.ts';
import { writeConnector } from '../write/write-connector.ts';

function read(extensions: JsonObject, kind: 'post' | 'get' = 'post') {
  const url = { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' };
  const body = { name: 'body', in: 'body', schema: { type: 'object', required: ['url'], properties: { url } } };
  const operation = {
    operationId: 'Watch',
    'x-ms-trigger': 'batch',
    responses: { 200: { description: 'Good' } },
    ...(kind === 'post' && { parameters: [body] }),
    ...extensions,
  };
  const definition = {
    swagger: '2.0',
    info: { title: 'T', version: '1' },
    host: 'a.test',
    paths: { '/w': { [kind]: operation } },
  };
  const files = { definition: { name: 'def.json', content: JSON.stringify(definition) } };
  const { model, findings } = readConnector(files);
  const found = findings.filter(({ code }) => code === 'webhook-signature-not-valid');
  return { model, trigger: model?.operations[0]?.trigger, found: found.map(({ message }) => message) };
}

const hub = { header: 'X-Sig', prefix: 'sha256=', secretParameter: 'secret' };

it('reads how notifications are signed', () => {
  const { trigger, found } = read({
    'x-patchbay-webhook-signature': {
      ...hub,
      algorithm: 'HMAC-SHA512',
      encoding: 'base64',
      field: 'v1',
      content: '{timestamp}.{body}',
      timestamp: { field: 't', toleranceSeconds: 60 },
    },
    'x-patchbay-event-id': { property: 'data.id' },
  });
  expect(found).toEqual([]);
  expect(trigger?.eventId).toEqual({ kind: 'property', name: 'data.id' });
  expect(trigger?.signature?.rule).toEqual({
    header: 'X-Sig',
    prefix: 'sha256=',
    secret: { kind: 'connectionParameter', name: 'secret' },
    secretEncoding: 'text',
    algorithm: 'sha512',
    encoding: 'base64',
    field: 'v1',
    content: '{timestamp}.{body}',
    timestamp: { field: 't', toleranceSeconds: 60 },
  });
});

it('knows a scheme by its name, and when a subscription ends', () => {
  const { trigger, found } = read({
    'x-patchbay-webhook-signature': {
      scheme: 'standard-webhooks',
      secretParameter: 'secret',
      timestamp: { header: 'webhook-timestamp', toleranceSeconds: 60 },
    },
    'x-patchbay-subscription-expiry': { property: 'expirationDateTime' },
  });
  expect(found).toEqual([]);
  expect(trigger?.expiry).toEqual({ kind: 'property', name: 'expirationDateTime' });
  expect(trigger?.signature?.rule).toEqual({
    header: 'webhook-signature',
    prefix: 'v1,',
    secret: { kind: 'connectionParameter', name: 'secret' },
    secretEncoding: 'base64',
    algorithm: 'sha256',
    encoding: 'base64',
    content: '{header.webhook-id}.{timestamp}.{body}',
    timestamp: { header: 'webhook-timestamp', toleranceSeconds: 60 },
    eventIdHeader: 'webhook-id',
  });
});

it.each<readonly [JsonValue, string]>([
  [{ scheme: 'my-own', secretParameter: 's' }, '"scheme" should be standard-webhooks'],
  [{ ...hub, secretEncoding: 'rot13' }, '"secretEncoding" should be text or base64'],
  ['X-Sig', 'it should be an object'],
  [{ secretParameter: 's' }, '"header" should name'],
  [{ ...hub, algorithm: 'md5' }, '"algorithm" should be one of'],
  [{ ...hub, encoding: 'octal' }, '"encoding" should be hex or base64'],
  [{ header: 'X' }, 'one of "secretParameter"'],
  [{ ...hub, secretHeader: 'X-Hook-Secret' }, 'one of "secretParameter"'],
  [{ ...hub, timestamp: {} }, '"timestamp" should have'],
  [{ ...hub, timestamp: { header: 'X', field: 't' } }, '"timestamp" should have'],
  [{ ...hub, timestamp: { header: 'X', toleranceSeconds: 1e9 } }, '"toleranceSeconds" should be'],
  [{ ...hub, content: '{url}' }, '"content" should hold {body}'],
  [{ ...hub, content: '{timestamp}{body}' }, 'there is no "timestamp"'],
])('reports a signature that cannot be used, and lets nothing pass for signed: %j', (source, problem) => {
  const { trigger, found } = read({ 'x-patchbay-webhook-signature': source });
  expect(found).toEqual([expect.stringContaining(problem)]);
  expect(trigger?.signature).toEqual({ source });
});

it('reads which item an item is', () => {
  expect(read({ 'x-patchbay-item-id': 'meta.id' }, 'get').trigger).toEqual({
    kind: 'polling',
    batch: true,
    itemId: 'meta.id',
  });
});

it.each([
  ['post', { 'x-patchbay-webhook-signature': hub, 'x-patchbay-event-id': { header: 'X-Id' } }],
  ['post', { 'x-patchbay-webhook-signature': 'broken' }],
  ['post', { 'x-patchbay-webhook-signature': { scheme: 'standard-webhooks', secretParameter: 's' } }],
  ['post', { 'x-patchbay-subscription-expiry': { seconds: 3600 } }],
  ['post', { 'x-patchbay-subscription-expiry': { header: 'X-Expires' } }],
  ['get', { 'x-patchbay-item-id': 'id' }],
] as const)('writes what it read: %s %j', (kind, extensions) => {
  const { model } = read(extensions, kind);
  if (model === undefined) throw new Error('not read');
  const written = writeConnector(model).definition as { readonly paths: { readonly [path: string]: JsonObject } };
  expect(written.paths['/w']?.[kind]).toMatchObject(extensions);
});
