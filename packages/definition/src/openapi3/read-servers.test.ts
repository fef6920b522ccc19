import { expect, it } from 'vitest';
import type { JsonValue } from '../model.ts';
import { brief, readDocument } from './test-document/read-document.ts';

type Servers = readonly { readonly [name: string]: JsonValue }[];

const region = { default: 'eu', enum: ['eu', 'us'], description: 'Where' };

it.each<[string, Servers, string, object, readonly string[]]>([
  ['an address', [{ url: 'https://api.test/v1/' }], '', { schemes: ['https'], host: 'api.test', basePath: '/v1' }, []],
  [
    'both schemes of one address',
    [{ url: 'https://api.test/v1' }, { url: 'http://api.test/v1' }],
    '',
    { schemes: ['https', 'http'], host: 'api.test', basePath: '/v1' },
    [],
  ],
  [
    'variables by their defaults',
    [
      {
        url: 'https://{region}.api.test:{port}/{v}',
        variables: { region, port: { default: 8443 }, v: { enum: ['v2'] } },
      },
    ],
    '',
    { schemes: ['https'], host: 'eu.api.test:8443', basePath: '/v2' },
    [],
  ],
  [
    'variables that are not defined',
    [{ url: 'https://{who}.api.test' }],
    '',
    { schemes: ['https'], host: '{who}.api.test', basePath: '' },
    ['warning server-variable-undefined /servers/0', 'warning server-placeholder /servers/0'],
  ],
  [
    'a relative address by where the document was published',
    [{ url: '../v2' }],
    'https://docs.test/api/v1/openapi.json',
    { schemes: ['https'], host: 'docs.test', basePath: '/api/v2' },
    ['inferred server-inferred /servers/0'],
  ],
  [
    'no address by where the document was published, and says so',
    [],
    'https://docs.test/openapi.json',
    { schemes: ['https'], host: '', basePath: '' },
    ['warning host-missing '],
  ],
  [
    'a relative address of a document from nowhere',
    [{ url: '/v1/' }],
    '',
    { schemes: ['https'], host: '', basePath: '/v1' },
    ['warning server-relative /servers/0'],
  ],
  [
    'the first address that can be called',
    [{ url: '/v1' }, { url: 'wss://api.test' }, { url: 'https://' }, { url: 'https://api.test' }],
    '',
    { schemes: ['https'], host: 'api.test', basePath: '' },
    [
      'warning server-relative /servers/0',
      'warning scheme-not-supported /servers/1',
      'warning server-not-valid /servers/2',
    ],
  ],
  [
    'an address without a scheme',
    [{ url: 'api.test/v1' }],
    '',
    { schemes: ['https'], host: 'api.test', basePath: '/v1' },
    ['inferred server-inferred /servers/0'],
  ],
])('reads %s', (_, servers, name, expected, said) => {
  const read = readDocument({ servers, webhooks: {} }, name === '' ? undefined : name);
  expect(read.model.server).toEqual(expected);
  expect(brief(read)).toEqual(said);
});

it('takes the address that a document gives itself for where it was published', () => {
  const { model } = readDocument({
    openapi: '3.2.0',
    $self: 'https://docs.test/api/openapi.json',
    servers: [{ url: './v3' }],
    webhooks: {},
  });
  expect(model.server).toEqual({ schemes: ['https'], host: 'docs.test', basePath: '/api/v3' });
});

it('keeps what may be filled in and the other addresses', () => {
  const { model } = readDocument({
    servers: [
      { url: 'https://{region}.api.test', description: 'Live', variables: { region } },
      { url: 'https://sandbox.test', name: 'Sandbox' },
    ],
  });
  expect(model.otherServers).toEqual([
    { url: 'https://{region}.api.test', description: 'Live', variables: new Map([['region', region]]) },
    { url: 'https://sandbox.test', description: 'Sandbox', variables: new Map() },
  ]);
});

it('gives operations the address of their own server, or of their path', () => {
  const responses = { 204: { description: 'Done' } };
  const { model } = readDocument({
    servers: [{ url: 'https://api.test/v1' }],
    paths: {
      '/files': {
        servers: [{ url: 'https://files.test/{v}', variables: { v: { default: 'v9' } } }],
        get: { operationId: 'A', responses },
        put: { operationId: 'B', servers: [{ url: 'https://api.test/v1' }], responses },
        post: { operationId: 'C', servers: [{ url: '/upload' }], responses },
      },
      '/loans': { get: { operationId: 'D', responses } },
    },
  });
  expect(model.operations.map(({ operationId, serverUrl }) => [operationId, serverUrl])).toEqual([
    ['A', 'https://files.test/v9'],
    ['B', undefined],
    ['C', 'https://api.test/upload'],
    ['D', undefined],
  ]);
});
