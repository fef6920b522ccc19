import { expect, it } from 'vitest';
import { brief, type Members, readDocument } from './test-document/read-document.ts';

const about = { description: '', extensions: {} };

it.each<[string, Members, object]>([
  [
    'an API key in a header',
    { type: 'apiKey', in: 'header', name: 'X-Key' },
    { kind: 'apiKey', in: 'header', name: 'X-Key' },
  ],
  [
    'an API key in the query',
    { type: 'apiKey', in: 'query', name: 'key' },
    { kind: 'apiKey', in: 'query', name: 'key' },
  ],
  [
    'an API key in a cookie',
    { type: 'apiKey', in: 'cookie', name: 'sid' },
    { kind: 'apiKey', in: 'cookie', name: 'sid' },
  ],
  ['basic', { type: 'http', scheme: 'Basic' }, { kind: 'basic' }],
  ['bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, { kind: 'bearer', format: 'JWT' }],
  ['another HTTP scheme', { type: 'http', scheme: 'Digest' }, { kind: 'http', scheme: 'digest' }],
  ['a client certificate', { type: 'mutualTLS' }, { kind: 'mutualTls' }],
  [
    'OpenID Connect',
    { type: 'openIdConnect', openIdConnectUrl: 'https://id.test/.well-known/openid-configuration' },
    { kind: 'openIdConnect', discoveryUrl: 'https://id.test/.well-known/openid-configuration' },
  ],
  [
    'every flow of OAuth',
    {
      type: 'oauth2',
      oauth2MetadataUrl: 'https://id.test/meta',
      flows: {
        implicit: { authorizationUrl: 'https://id.test/a', scopes: { read: 'Read' } },
        password: { tokenUrl: 'https://id.test/t', scopes: {} },
        clientCredentials: { tokenUrl: 'https://id.test/t', refreshUrl: 'https://id.test/r', scopes: {} },
        authorizationCode: {
          authorizationUrl: 'https://id.test/a',
          tokenUrl: 'https://id.test/t',
          scopes: { read: 'Read' },
        },
        deviceAuthorization: { deviceAuthorizationUrl: 'https://id.test/d', tokenUrl: 'https://id.test/t', scopes: {} },
        'x-note': {},
      },
    },
    {
      kind: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://id.test/a',
      tokenUrl: 'https://id.test/t',
      scopes: new Map([['read', 'Read']]),
      metadataUrl: 'https://id.test/meta',
      otherFlows: [
        { flow: 'implicit', authorizationUrl: 'https://id.test/a', scopes: new Map([['read', 'Read']]) },
        { flow: 'password', tokenUrl: 'https://id.test/t', scopes: new Map() },
        { flow: 'application', tokenUrl: 'https://id.test/t', refreshUrl: 'https://id.test/r', scopes: new Map() },
        {
          flow: 'device',
          deviceAuthorizationUrl: 'https://id.test/d',
          tokenUrl: 'https://id.test/t',
          scopes: new Map(),
        },
      ],
    },
  ],
])('reads %s', (_, scheme, expected) => {
  const { model } = readDocument({
    components: { securitySchemes: { it: { $ref: '#/components/securitySchemes/real' }, real: scheme } },
  });
  expect(model.securitySchemes.get('it')).toEqual({ ...about, ...expected });
});

it('reads schemes that apply together, alternatives, and none at all', () => {
  const responses = { 204: { description: 'Done' } };
  const read = readDocument({
    security: [{ key: [], token: ['a', 'b'] }, { other: [] }, {}],
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'query', name: 'k' },
        token: { type: 'oauth2' },
        odd: { type: 'saml' },
      },
    },
    paths: {
      '/x': { get: { operationId: 'Open', security: [], responses }, put: { operationId: 'Usual', responses } },
    },
  });
  expect(read.model.security).toEqual([
    new Map([
      ['key', []],
      ['token', ['a', 'b']],
    ]),
    new Map([['other', []]]),
    new Map(),
  ]);
  expect(read.model.operations.map((one) => one.security)).toEqual([[], undefined]);
  expect(brief(read)).toEqual([
    'warning security-scheme /components/securitySchemes/odd',
    'warning security-not-defined /security',
    'inferred connection-parameters-inferred /components/securitySchemes',
    'inferred connection-parameters-inferred /components/securitySchemes',
  ]);
});
