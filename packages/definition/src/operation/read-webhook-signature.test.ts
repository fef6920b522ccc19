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
    algorithm: 'sha512',
    encoding: 'base64',
    field: 'v1',
    content: '{timestamp}.{body}',
    timestamp: { field: 't', toleranceSeconds: 60 },
  });
});

it.each<readonly [JsonValue, string]>([
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
  ['get', { 'x-patchbay-item-id': 'id' }],
] as const)('writes what it read: %s %j', (kind, extensions) => {
  const { model } = read(extensions, kind);
  if (model === undefined) throw new Error('not read');
  const written = writeConnector(model).definition as { readonly paths: { readonly [path: string]: JsonObject } };
  expect(written.paths['/w']?.[kind]).toMatchObject(extensions);
});
