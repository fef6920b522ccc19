import { readConnector } from '@patchbay/definition';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../routes/index.ts';
import { send } from '../test-platform/http-client.ts';
import { startTestPlatform, type TestPlatform } from '../test-platform/start-test-platform.ts';

let server: TestPlatform;
beforeAll(async () => {
  server = await startTestPlatform();
});
afterAll(() => server.stop());

type Document = {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: { readonly [path: string]: { readonly [method: string]: { readonly operationId?: string } } };
};

async function documentAt(path: string): Promise<Document> {
  const { body } = await send(server.origin, { path });
  return body as Document;
}

const addresses = ['/api/openapi.json', '/api/management/openapi.json'];

it.each(addresses)('serves at %s a document that is valid OpenAPI 3.1', async (path) => {
  const document = await documentAt(path);
  const { valid, errors } = await new Validator().validate(document);
  expect({ version: document.openapi, servers: document.servers, valid, errors }).toEqual({
    version: '3.1.0',
    servers: [{ url: server.origin }],
    valid: true,
    errors: undefined,
  });
});

it.each(addresses)('serves at %s no reference to what is not there', async (path) => {
  const document = await documentAt(path);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, pointer = '']) => pointer);
  const dangling = references.filter((pointer) => {
    let value: unknown = document;
    for (const step of pointer.split('/')) value = (value as { readonly [name: string]: unknown } | undefined)?.[step];
    return value === undefined;
  });
  expect(dangling).toEqual([]);
});

it('describes every endpoint that says it is described, once, and no other', async () => {
  const described = routes.flatMap(({ method, url, operationId }) =>
    operationId === undefined ? [] : [`${method} ${url.replace(/:(\w+)/g, '{$1}')} ${operationId}`],
  );
  const documents = await Promise.all(addresses.map(documentAt));
  const found = documents.flatMap(({ paths }) =>
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    ),
  );
  expect(found.sort()).toEqual(described.sort());
  const ids = found.map((line) => line.split(' ')[2]);
  expect(new Set(ids).size).toBe(ids.length);
});

it.each(addresses)('serves at %s a description that is itself a connector', async (path) => {
  const document = await documentAt(path);
  const { model, findings } = readConnector({
    definition: { name: 'openapi.json', content: JSON.stringify(document) },
  });
  const operations = Object.values(document.paths).flatMap((item) => Object.keys(item));
  expect({
    errors: findings.filter(({ severity }) => severity === 'error'),
    operations: model?.operations.length,
  }).toEqual({ errors: [], operations: operations.length });
});
