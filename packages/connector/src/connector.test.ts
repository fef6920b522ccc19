import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credential } from '@patchbay/credential';
import { readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from './compile.ts';
import type { CallOptions, Connector } from './contract.ts';
import { ConnectorError } from './errors.ts';
import { credentialFor } from './sign-in/sign-in-for.ts';

type Operation = { readonly parameters?: readonly object[]; readonly [member: string]: unknown };

/** A connector with one operation, `Op`, at a method and a path. */
function connectorWith(
  operation: Operation,
  path = '/things/{id}',
  method = 'post',
  more: object = {},
  baseUrl?: string,
): Connector {
  const document = {
    swagger: '2.0',
    info: { title: 'Test', version: '1' },
    host: 'api.test',
    basePath: '/v1',
    paths: { [path]: { [method]: { operationId: 'Op', responses: { 200: { description: '' } }, ...operation } } },
    ...more,
  };
  const { model } = readConnector({ definition: { name: 'd', content: JSON.stringify(document) } });
  if (model === undefined) throw new Error('no model');
  return compile(model, baseUrl === undefined ? {} : { baseUrl });
}

function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ConnectorError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('nothing failed');
}

const id = { name: 'id', in: 'path', required: true, type: 'string' };

it('binds path, query, header and body', () => {
  const connector = connectorWith({
    consumes: ['application/json'],
    produces: ['application/json'],
    parameters: [
      id,
      { name: 'q', in: 'query', type: 'string' },
      { name: 'n', in: 'query', type: 'integer' },
      { name: 'X-Flag', in: 'header', type: 'boolean' },
      { name: 'body', in: 'body', schema: { type: 'object' } },
    ],
  });
  expect(connector.operation('Op').bind({ id: 'a b/c?d', q: 'ä&=', n: '5', 'X-Flag': true, body: { a: 1 } })).toEqual({
    method: 'POST',
    url: 'https://api.test/v1/things/a%20b%2Fc%3Fd?q=%C3%A4%26%3D&n=5',
    headers: { accept: 'application/json', 'content-type': 'application/json', 'x-flag': 'true' },
    body: '{"a":1}',
  });
});

it.each([
  [{ produces: ['text/csv', 'application/json'] }, {}, 'application/json'],
  [{ produces: ['text/csv'] }, {}, 'text/csv'],
  [{ parameters: [id, { name: 'accept', in: 'header', type: 'string', default: ' text/csv' }] }, {}, 'text/csv'],
  [{ parameters: [id, { name: 'Accept', in: 'header', type: 'string', enum: ['text/vtt'] }] }, {}, 'text/vtt'],
  [{ parameters: [id, { name: 'Accept', in: 'header', type: 'string' }] }, {}, 'application/json, */*;q=0.8'],
  [{ parameters: [id, { name: 'Accept', in: 'header', type: 'string' }] }, { Accept: 'a/b' }, 'a/b'],
])('asks for the media type that %j allows, given %j', (operation, given, accept) => {
  expect(
    connectorWith(operation)
      .operation('Op')
      .bind({ id: '1', ...given }).headers,
  ).toEqual({ accept });
});

it('encodes a path value twice where the definition says so', () => {
  const connector = connectorWith({ parameters: [{ ...id, 'x-ms-url-encoding': 'double' }] });
  expect(connector.operation('Op').bind({ id: 'a/b c' }).url).toBe('https://api.test/v1/things/a%252Fb%2520c');
});

it.each([
  ['csv', 'a=1%2C2'],
  ['ssv', 'a=1%202'],
  ['tsv', 'a=1%092'],
  ['pipes', 'a=1%7C2'],
  ['multi', 'a=1&a=2'],
])('writes an array as %s', (collectionFormat, query) => {
  const connector = connectorWith(
    { parameters: [{ name: 'a', in: 'query', type: 'array', items: { type: 'integer' }, collectionFormat }] },
    '/a',
  );
  expect(connector.operation('Op').bind({ a: [1, 2] }).url).toBe(`https://api.test/v1/a?${query}`);
});

it('sends required defaults and leaves optional ones to the API', () => {
  const connector = connectorWith(
    {
      parameters: [
        { name: 'version', in: 'query', required: true, type: 'string', default: 'v2', 'x-ms-visibility': 'internal' },
        { name: 'page', in: 'query', type: 'integer', default: 1, 'x-ms-visibility': 'internal' },
        {
          name: 'body',
          in: 'body',
          required: true,
          schema: {
            type: 'object',
            required: ['kind', 'inner'],
            properties: {
              kind: { type: 'string', default: 'loan', 'x-ms-visibility': 'internal' },
              note: { type: 'string', default: 'none' },
              inner: { type: 'object', required: ['deep'], properties: { deep: { type: 'integer', default: 3 } } },
            },
          },
        },
      ],
    },
    '/a',
  );
  const bound = connector.operation('Op').bind({ 'body/title': 'x' });
  expect(bound.url).toBe('https://api.test/v1/a?version=v2');
  expect(bound.body).toBe('{"title":"x","kind":"loan","inner":{"deep":3}}');
  expect(connector.operation('Op').bind({ page: 4 }).url).toBe('https://api.test/v1/a?version=v2&page=4');
});

it('puts a flattened body together, arrays and slashes included', () => {
  const connector = connectorWith({ parameters: [{ name: 'item', in: 'body', schema: { type: 'object' } }] }, '/a');
  const bound = connector
    .operation('Op')
    .bind({ item: { kept: 1 }, 'item/a/b': 2, 'item/list/0/x': 3, 'item/list/1/x': 4, 'item/a~1b': 5 });
  expect(bound.body).toBe('{"kept":1,"a":{"b":2},"list":[{"x":3},{"x":4}],"a/b":5}');
});

it('writes forms, urlencoded and multipart with files', () => {
  const parameters = [
    { name: 'a', in: 'formData', type: 'string' },
    { name: 'tags', in: 'formData', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
  ];
  const form = connectorWith({ consumes: ['application/x-www-form-urlencoded'], parameters }, '/a').operation('Op');
  expect(form.bind({ a: 'x y&z', tags: ['1', '2'] })).toMatchObject({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a=x+y%26z&tags=1&tags=2',
  });
  const file = { name: 'f"ile', in: 'formData', type: 'file', required: true };
  const multipart = connectorWith(
    { consumes: ['multipart/form-data'], parameters: [...parameters, file] },
    '/a',
  ).operation('Op');
  const bound = multipart.bind({
    a: 'x',
    'f"ile': { '$content-type': 'image/png', $content: 'AQID', $filename: 'a.png' },
  });
  const boundary = /boundary=(.+)$/.exec(bound.headers['content-type'] ?? '')?.[1];
  expect(Buffer.from(bound.body ?? '').toString('latin1')).toBe(
    `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--${boundary}\r\nContent-Disposition: form-data; name="f%22ile"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\u0001\u0002\u0003\r\n--${boundary}--\r\n`,
  );
});

it('sends text and bytes as they are', () => {
  const binary = connectorWith(
    {
      consumes: ['application/octet-stream'],
      parameters: [{ name: 'body', in: 'body', schema: { type: 'string', format: 'binary' } }],
    },
    '/a',
  ).operation('Op');
  expect(binary.bind({ body: 'plain' })).toMatchObject({
    headers: { 'content-type': 'application/octet-stream' },
    body: 'plain',
  });
  expect(binary.bind({ body: { '$content-type': 'image/png', $content: 'AQID' } })).toMatchObject({
    headers: { 'content-type': 'image/png' },
    body: Buffer.from([1, 2, 3]),
  });
});

it.each([
  [{}, 'parameter-missing: The parameter id (Identifier) is required and was not given.'],
  [{ id: '' }, 'parameter-invalid: The parameter id stands in the path and must not be empty.'],
  [{ id: 'x', count: 'many' }, 'parameter-invalid: The parameter count takes an integer, and was given "many".'],
  [{ id: 'x', flag: 'yes' }, 'parameter-invalid: The parameter flag takes true or false, and was given "yes".'],
  [{ id: 'x', cuont: 1 }, 'parameter-unknown: The operation has no parameter cuont. Did you mean count?'],
  [
    { id: 'x', 'x-h': 'a\r\nb: c' },
    'parameter-invalid: The parameter x-h is a header and must not hold line breaks or control characters.',
  ],
])('says what is wrong with %j', (parameters, message) => {
  const connector = connectorWith({
    parameters: [
      { ...id, 'x-ms-summary': 'Identifier' },
      { name: 'count', in: 'query', type: 'integer' },
      { name: 'flag', in: 'query', type: 'boolean' },
      { name: 'x-h', in: 'header', type: 'string' },
    ],
  });
  expect(failureOf(() => connector.operation('Op').bind(parameters))).toBe(message);
});

it.each(['..', '.', '../x', 'a/../../b', '%2e%2e', '%252e%252e%252f', '..%2f', 'a\\..\\b', '..;x', '.%00.', '\t..'])(
  'keeps the path value %j from leaving the operation',
  (value) => {
    for (const encoding of ['single', 'double']) {
      const connector = connectorWith({ parameters: [{ ...id, 'x-ms-url-encoding': encoding }] });
      expect(failureOf(() => connector.operation('Op').bind({ id: value }))).toMatch(/^path-escapes: /);
    }
  },
);

it('never leaves the base path or the host, whatever a path value holds', () => {
  const connector = connectorWith({ parameters: [id] });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[./\\%2ef;@:#?]{1,12}$/)), (value) => {
      let url: URL;
      try {
        url = new URL(connector.operation('Op').bind({ id: value }).url);
      } catch (error) {
        expect(error).toBeInstanceOf(ConnectorError);
        return;
      }
      expect(url.host).toBe('api.test');
      expect(url.pathname.startsWith('/v1/things/')).toBe(true);
      let decoded = url.pathname;
      for (let round = 0; round < 4; round += 1) {
        expect(decoded.split(/[/\\]/)).not.toContain('..');
        try {
          decoded = decodeURIComponent(decoded);
        } catch {
          break;
        }
      }
    }),
    { numRuns: 2000 },
  );
});

it('names the operations that are close to one that is not there', () => {
  expect(failureOf(() => connectorWith({}, '/a').operation('Opp'))).toBe(
    'operation-not-found: The connector has no operation Opp. Did you mean Op?',
  );
});

it('matches requests to operations, literal segments first', () => {
  const { model } = readConnector({
    definition: {
      name: 'd',
      content: JSON.stringify({
        swagger: '2.0',
        info: { title: 't', version: '1' },
        host: 'h',
        paths: Object.fromEntries(
          ['/a/{id}', '/a/latest', '/a/{id}.json', "/b('{k}')/c", '/a/{id}/{rest}'].map((path) => [
            path,
            { get: { operationId: path, responses: { 200: { description: '' } } } },
          ]),
        ),
      }),
    },
  });
  if (model === undefined) throw new Error('no model');
  const match = (path: string) => compile(model).match('GET', path)?.model.operationId;
  expect(['/a/1', '/a/latest', '/a/x.json', "/b('7')/c", '/a/1/2', '/a', '/a/', '/c'].map(match)).toEqual([
    '/a/{id}',
    '/a/latest',
    '/a/{id}.json',
    "/b('{k}')/c",
    '/a/{id}/{rest}',
    undefined,
    undefined,
    undefined,
  ]);
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function options(credential: Credential = { kind: 'none' }): CallOptions {
  const egress = createEgress();
  onTestFinished(() => egress.close());
  return { credential, egress, networkRules: { allow: ['loopback'] } };
}

const jsonResponse = {
  produces: ['application/json'],
  responses: { 200: { description: '', schema: { type: 'object' } } },
};

it('calls with the credential and decodes what is answered by its type', async () => {
  const origin = await serve((request, response) => {
    const type = new URL(request.url ?? '', 'http://x').searchParams.get('type') ?? '';
    const bodies: Record<string, string> = {
      'application/json': '{"key":"value"}',
      'text/plain': 'text',
      'image/png': '\u0001',
    };
    if (type === 'none') response.writeHead(204).end();
    else response.writeHead(200, { 'content-type': type, 'x-saw': String(request.headers['x-key']) }).end(bodies[type]);
  });
  const connector = connectorWith(
    { parameters: [{ name: 'type', in: 'query', type: 'string' }] },
    '/a',
    'get',
    {},
    origin,
  );
  const credential = { kind: 'apiKey', in: 'header', name: 'X-Key', value: 'secret-key' } as const;
  const call = async (type: string) => {
    const { statusCode, body, headers } = await connector.operation('Op').call({ type }, options(credential));
    return [statusCode, body, headers['x-saw']];
  };
  expect(await call('application/json')).toEqual([200, { key: 'value' }, 'secret-key']);
  expect(await call('text/plain')).toEqual([200, 'text', 'secret-key']);
  expect(await call('image/png')).toEqual([200, { '$content-type': 'image/png', $content: 'AQ==' }, 'secret-key']);
  expect(await call('none')).toEqual([204, null, undefined]);
});

it('answers with an error status as a result, and reads what can be read of it', async () => {
  const origin = await serve((_request, response) =>
    response.writeHead(404, { 'content-type': 'application/json' }).end('not json'),
  );
  const connector = connectorWith(jsonResponse, '/a', 'get', {}, origin);
  expect(await connector.operation('Op').call({}, options())).toMatchObject({ statusCode: 404, body: 'not json' });
});

it('says that an upstream answered in HTML where JSON was promised', async () => {
  const origin = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
  );
  const connector = connectorWith(jsonResponse, '/a', 'get', {}, origin);
  await expect(connector.operation('Op').call({}, options())).rejects.toMatchObject({
    code: 'response-not-json',
    message:
      'Op should answer in JSON, but the API answered 200 with text/html that is not: "<html>Sign in</html>". Check the host and the path; sign-in pages look like this.',
  });
});

it('gives transport failures their egress code, without the credential', async () => {
  const connector = connectorWith({}, '/a', 'get', {}, 'http://127.0.0.1:1');
  await expect(connector.operation('Op').call({}, options())).rejects.toMatchObject({
    code: 'transport-failed',
    evidence: 'connection-refused',
    message: '127.0.0.1:1 refused the connection: nothing listens there.',
  });
});

it('explains each step and redacts the credential everywhere, also where the API sends it back', async () => {
  const origin = await serve((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ url: request.url }));
  });
  const connector = connectorWith(
    { parameters: [{ name: 'q', in: 'query', type: 'string' }] },
    '/a',
    'get',
    {},
    origin,
  );
  const credential = { kind: 'apiKey', in: 'query', name: 'key', value: 's3cret value' } as const;
  const explanation = await connector.operation('Op').explain({ q: '1' }, { ...options(credential), send: true });
  expect(explanation.trace.map((step) => step.step)).toEqual(['bind', 'authenticate', 'transport', 'result']);
  expect(JSON.stringify(explanation.trace)).not.toContain('s3cret');
  expect(explanation.trace[1]).toEqual({
    id: 'authenticate',
    step: 'authenticate',
    before: { method: 'GET', url: `${origin}/a?q=1`, headers: { accept: 'application/json, */*;q=0.8' } },
    after: { method: 'GET', url: `${origin}/a?q=1&key=***`, headers: { accept: 'application/json, */*;q=0.8' } },
  });
  const shown = await connector.operation('Op').explain({}, { ...options(credential), send: false, showSecrets: true });
  expect(JSON.stringify(shown.trace)).toContain('s3cret%20value');
  expect(shown.result).toBeUndefined();
});

it('forwards a raw request of an operation, with the connection in place of the caller', async () => {
  const origin = await serve((request, response) => {
    const { cookie, authorization, 'x-key': key, 'x-own': own } = request.headers;
    response.end(JSON.stringify({ url: request.url, cookie, authorization, key, own }));
  });
  const connector = connectorWith({ parameters: [id] }, '/things/{id}', 'get', {}, origin);
  const credential = { kind: 'apiKey', in: 'header', name: 'X-Key', value: 'k' } as const;
  const forward = (path: string) =>
    connector.forward(
      {
        method: 'GET',
        path,
        query: 'a=1',
        headers: { cookie: 'c', authorization: 'Bearer b', 'x-key': 'theirs', 'x-own': 'o' },
      },
      options(credential),
    );
  const answer = await forward('/things/a%20b');
  expect(JSON.parse(Buffer.from(await answer.bytes()).toString())).toEqual({
    url: '/things/a%20b?a=1',
    key: 'k',
    own: 'o',
  });
  for (const path of ['/things/../x', '/things/%2e%2e', '/things/%252e%252e%252fx']) {
    await expect(forward(path)).rejects.toMatchObject({ code: 'path-escapes' });
  }
  await expect(forward('/other')).rejects.toMatchObject({ code: 'operation-not-found' });
});

it('chooses the credential by the security scheme', () => {
  const modelOf = (securityDefinitions: object) => {
    const { model } = readConnector({
      definition: {
        name: 'd',
        content: JSON.stringify({
          swagger: '2.0',
          info: {},
          host: 'h',
          paths: { '/a': { get: {} } },
          securityDefinitions,
        }),
      },
    });
    if (model === undefined) throw new Error('no model');
    return model;
  };
  const apiKey = { my_key: { type: 'apiKey', in: 'query', name: 'k' } };
  expect(credentialFor(modelOf(apiKey), { my_key: 'v' })).toEqual({
    kind: 'apiKey',
    in: 'query',
    name: 'k',
    value: 'v',
  });
  expect(credentialFor(modelOf({ b: { type: 'basic' } }), { username: 'u', password: 'p' })).toEqual({
    kind: 'basic',
    username: 'u',
    password: 'p',
  });
  expect(credentialFor(modelOf({}), {})).toEqual({ kind: 'none' });
  expect(failureOf(() => credentialFor(modelOf(apiKey), {}))).toBe(
    'credential-missing: The connection holds no API key. Give it as "my_key".',
  );
  expect(failureOf(() => credentialFor(modelOf({ o: { type: 'oauth2', flow: 'accessCode' } }), {}))).toBe(
    'credential-missing: The connector signs in with OAuth 2.0. Give an access token as "token", or sign in on a server.',
  );
});
