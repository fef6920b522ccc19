import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from './compile.ts';
import type { CallOptions } from './contract.ts';

/** An API below `/v1/files` that tells where it was asked, and everything that it was asked for. */
async function startApi(urlEncoding: 'single' | 'double') {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const egress = createEgress();
  onTestFinished(async () => {
    await egress.close();
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  });
  const { model } = readConnector({
    definition: {
      name: 'apiDefinition.swagger.json',
      content: JSON.stringify({
        swagger: '2.0',
        info: { title: 'Files', version: '1' },
        host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        basePath: '/v1',
        schemes: ['http'],
        paths: {
          '/files/{id}/content': {
            get: {
              operationId: 'GetFile',
              parameters: [
                { name: 'id', in: 'path', required: true, type: 'string', 'x-ms-url-encoding': urlEncoding },
              ],
              responses: { default: { description: 'ok' } },
            },
          },
        },
      }),
    },
  });
  if (model === undefined) throw new Error('the definition cannot be read');
  const refused: string[] = [];
  const options: CallOptions = {
    credential: { kind: 'none' },
    egress,
    networkRules: { allow: ['loopback'] },
    onPathRefused: ({ message }) => refused.push(message),
  };
  return { connector: compile(model), options, seen, refused };
}

const escapes: readonly string[] = [
  '.',
  '..',
  '../admin',
  'a/../../admin',
  '..\\admin',
  'a\\..\\..\\admin',
  '/..',
  '/../admin',
  '%2e',
  '%2e%2e',
  '%2E%2E%2Fadmin',
  '.%2e/admin',
  '%2e./admin',
  '..%2fadmin',
  '..%5cadmin',
  '%252e%252e%252fadmin',
  '%25252e%25252e%25252fadmin',
  'a%2f..%2f..%2fadmin',
  '..;/admin',
  '..;a=b/admin',
  '%2e%2e%3b/admin',
  '..%00/admin',
  'a\0/../admin',
  '.\t./admin',
  '.%09./admin',
  '.\n./admin',
  '.%0d%0a./admin',
  ' ../admin',
  '.. /admin',
  `%${'25'.repeat(20)}2e%${'25'.repeat(20)}2e`,
];

const noOf = (message: string): string => message.replace(/^.*(it would leave).*$/, '$1');

it.each(escapes)('keeps in a call whose path value is %j', async (value) => {
  for (const urlEncoding of ['single', 'double'] as const) {
    const { connector, options, seen, refused } = await startApi(urlEncoding);
    const operation = connector.operation('GetFile');
    await expect(operation.call({ id: value }, options)).rejects.toMatchObject({ code: 'path-escapes' });
    expect({ seen, refused: refused.map(noOf) }).toEqual({ seen: [], refused: ['it would leave'] });
  }
});

/** The value as it arrives, in one segment of the path whatever it holds. */
const kept: readonly (readonly [value: string, single: string, double: string])[] = [
  ['a/b', 'a%2Fb', 'a%252Fb'],
  ['a\\b', 'a%5Cb', 'a%255Cb'],
  ['a%2Fb', 'a%252Fb', 'a%25252Fb'],
  ['a?b#c', 'a%3Fb%23c', 'a%253Fb%2523c'],
  ['a;b=c', 'a%3Bb%3Dc', 'a%253Bb%253Dc'],
  ['a\r\nHost: x', 'a%0D%0AHost%3A%20x', 'a%250D%250AHost%253A%2520x'],
  ['http://inside/', 'http%3A%2F%2Finside%2F', 'http%253A%252F%252Finside%252F'],
  ['//inside/x', '%2F%2Finside%2Fx', '%252F%252Finside%252Fx'],
  ['@inside', '%40inside', '%2540inside'],
  ['...', '...', '...'],
  ['v1..2', 'v1..2', 'v1..2'],
  ['.hidden', '.hidden', '.hidden'],
  ['100%', '100%25', '100%2525'],
  ['{id}', '%7Bid%7D', '%257Bid%257D'],
];

it.each(kept)('sends the path value %j in its own segment', async (value, single, double) => {
  for (const [urlEncoding, written] of [
    ['single', single],
    ['double', double],
  ] as const) {
    const { connector, options, seen, refused } = await startApi(urlEncoding);
    await connector.operation('GetFile').call({ id: value }, options);
    expect({ seen, refused }).toEqual({ seen: [`/v1/files/${written}/content`], refused: [] });
  }
});

it.each([
  '/files/../admin',
  '/files/%2e%2e/admin',
  '/files/%252e%252e/content',
  '/files/..%2f..%2fadmin/content',
  '/files/a\\..\\b/content',
  '/../v2/files/a/content',
  '/files/./content',
  '/files/..;/content',
  'files/a/content',
  '//inside.test/../files/a/content',
])('keeps in a raw request of %j', async (path) => {
  const { connector, options, seen, refused } = await startApi('single');
  await expect(connector.forward({ method: 'GET', path, query: '', headers: {} }, options)).rejects.toMatchObject({
    code: 'path-escapes',
  });
  expect({ seen, refused }).toEqual({
    seen: [],
    refused: ['The path must stay below the connector: it must not hold "." or "..", in any encoding.'],
  });
});

it('takes a raw path that names another host for a path of its own', async () => {
  const { connector, options, seen } = await startApi('single');
  for (const path of ['//inside.test/files/a/content', '/@inside.test/', '/\\inside.test/']) {
    await expect(connector.forward({ method: 'GET', path, query: '', headers: {} }, options)).rejects.toMatchObject({
      code: 'operation-not-found',
    });
  }
  expect(seen).toEqual([]);
});

it('tells once of a call that is explained', async () => {
  const { connector, options, refused } = await startApi('single');
  const operation = connector.operation('GetFile');
  await expect(operation.explain({ id: '..' }, { ...options, send: true })).rejects.toMatchObject({
    code: 'path-escapes',
  });
  expect(refused.length).toBe(1);
});
