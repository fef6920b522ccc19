import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compile } from '@patchbay/connector';
import { type JsonObject, type JsonValue, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { expect, it, onTestFinished } from 'vitest';
import {
  type Answerer,
  type Cassette,
  createAnswerer,
  createRecorder,
  createReplayer,
  type MockServerOptions,
  parseFault,
  readCassette,
  startMockServer,
} from './index.ts';

const order = {
  type: 'object',
  required: ['customer', 'lines'],
  properties: {
    customer: { type: 'string', minLength: 2 },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/definitions/Line' } },
    note: { type: 'string', 'x-nullable': true },
    parent: { $ref: '#/definitions/Order' },
  },
};

function shop(host = 'api.test'): JsonObject {
  const ok = (schema?: JsonObject) => ({ 200: { description: 'ok', ...(schema && { schema }) } });
  return {
    swagger: '2.0',
    info: { title: 'Shop', version: '1' },
    host,
    basePath: '/v1',
    schemes: ['http'],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { api_key: { type: 'apiKey', in: 'query', name: 'key' } },
    security: [{ api_key: [] }],
    definitions: {
      Order: order,
      Line: {
        type: 'object',
        required: ['sku'],
        properties: { sku: { type: 'string' }, count: { type: 'integer', minimum: 3 } },
      },
    },
    paths: {
      '/orders': {
        get: {
          operationId: 'ListOrders',
          parameters: [
            { name: 'limit', in: 'query', type: 'integer', required: true },
            { name: 'state', in: 'query', type: 'string', enum: ['open', 'closed'] },
            { name: 'ids', in: 'query', type: 'array', items: { type: 'integer' }, collectionFormat: 'csv' },
            { name: 'x-tenant', in: 'header', type: 'string', required: true },
          ],
          responses: ok({ type: 'array', items: { $ref: '#/definitions/Order' } }),
        },
        post: {
          operationId: 'AddOrder',
          parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Order' } }],
          responses: {
            400: { description: 'bad' },
            201: { description: 'made', examples: { 'application/json': { id: 7 } } },
          },
        },
      },
      '/orders/{id}': {
        get: {
          operationId: 'GetOrder',
          parameters: [{ name: 'id', in: 'path', type: 'integer', required: true }],
          responses: ok({ $ref: '#/definitions/Order' }),
        },
        delete: {
          operationId: 'DeleteOrder',
          parameters: [{ name: 'id', in: 'path', type: 'integer', required: true }],
          responses: { 204: { description: 'gone' } },
        },
      },
      '/files': {
        post: {
          operationId: 'Upload',
          consumes: ['multipart/form-data'],
          parameters: [
            { name: 'file', in: 'formData', type: 'file', required: true },
            { name: 'size', in: 'formData', type: 'integer', required: true },
          ],
          responses: ok({ type: 'string' }),
        },
      },
    },
  };
}

function modelOf(document: JsonObject) {
  const { model } = readConnector({ definition: { name: 'd', content: JSON.stringify(document) } });
  if (model === undefined) throw new Error('not read');
  return model;
}

async function start(answer: Answerer, more: Partial<MockServerOptions> = {}) {
  const server = await startMockServer({ answer, port: 0, ...more });
  onTestFinished(() => server.close());
  const egress = createEgress();
  onTestFinished(() => egress.close());
  const send = async (
    method: string,
    path: string,
    body?: JsonValue,
    headers: { readonly [name: string]: string } = {},
  ) => {
    const response = await egress.send(
      {
        method,
        url: `${server.origin}${path}`,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
      { allow: ['loopback'] },
    );
    return {
      status: response.status,
      headers: response.headers,
      body: new TextDecoder().decode(await response.bytes()),
    };
  };
  return { ...server, egress, send };
}

const line = { sku: 'text', count: 3 };

it('answers from schemas and examples, the same each time', async () => {
  const { send } = await start(createAnswerer(modelOf(shop())));
  const first = await send('GET', '/v1/orders/1');
  expect({ status: first.status, type: first.headers['content-type'] }).toEqual({
    status: 200,
    type: 'application/json',
  });
  expect(JSON.parse(first.body)).toMatchObject({
    customer: 'text',
    lines: [line],
    note: 'text',
    parent: { customer: 'text', lines: [line] },
  });
  expect((await send('GET', '/v1/orders/1')).body).toBe(first.body);
  const made = await send('POST', '/v1/orders', { customer: 'ann', lines: [{ sku: 's', count: 3 }] });
  expect([made.status, made.body]).toEqual([201, '{"id":7}']);
  expect((await send('DELETE', '/v1/orders/1')).status).toBe(204);
});

it.each<[string, string, JsonValue | undefined, { readonly [name: string]: string }, number, readonly string[]]>([
  ['GET', '/v1/orders?limit=5', undefined, { 'x-tenant': 't' }, 200, []],
  ['GET', '/v1/orders?limit=5&state=open&ids=1,2', undefined, { 'x-tenant': 't' }, 200, []],
  [
    'GET',
    '/v1/orders',
    undefined,
    {},
    400,
    ['The query parameter limit is missing.', 'The header x-tenant is missing.'],
  ],
  [
    'GET',
    '/v1/orders?limit=five&state=lost&ids=1,x',
    undefined,
    { 'x-tenant': 't' },
    400,
    [
      'The query parameter limit should be a whole number, not "five".',
      'The query parameter state should be one of open, closed, not "lost".',
      'The query parameter ids should be a whole number, not "x".',
    ],
  ],
  ['GET', '/v1/orders/x', undefined, {}, 400, ['The path parameter id should be a whole number, not "x".']],
  ['POST', '/v1/orders', undefined, {}, 400, ['The body is missing.']],
  ['POST', '/v1/orders', '{"customer"', {}, 400, ['The body is not JSON.']],
  [
    'POST',
    '/v1/orders',
    { customer: 'a', lines: [{}] },
    {},
    400,
    [
      'The body’s /customer must NOT have fewer than 2 characters.',
      "The body’s /lines/0 must have required property 'sku'.",
    ],
  ],
  ['POST', '/v1/orders', { customer: 'ann', lines: [{ sku: 's' }], note: null }, {}, 201, []],
  [
    'POST',
    '/v1/files',
    'x',
    { 'content-type': 'text/plain' },
    400,
    ['The form field file is missing.', 'The form field size is missing.'],
  ],
])('checks %s %s with %j', async (method, path, body, headers, status, messages) => {
  const { send } = await start(createAnswerer(modelOf(shop())));
  const answer = await send(method, path, body, headers);
  const problems =
    status === 400 ? (JSON.parse(answer.body) as { error: { problems: { message: string }[] } }).error.problems : [];
  expect([answer.status, problems.map(({ message }) => message)]).toEqual([status, messages]);
});

it('says what the definition does not have', async () => {
  const { send } = await start(createAnswerer(modelOf(shop())));
  const codeOf = async (method: string, path: string) => {
    const { status, body, headers } = await send(method, path);
    return [status, (JSON.parse(body) as { error: { code: string } }).error.code, headers['allow']];
  };
  expect(await codeOf('GET', '/v1/nothing')).toEqual([404, 'OperationNotFound', undefined]);
  expect(await codeOf('GET', '/orders/1')).toEqual([404, 'OperationNotFound', undefined]);
  expect(await codeOf('PATCH', '/v1/orders/1')).toEqual([405, 'MethodNotAllowed', 'GET, DELETE']);
});

it('accepts what the connector itself sends, a form with a file too', async () => {
  const model = modelOf(shop());
  const { origin, egress } = await start(createAnswerer(model));
  const connector = compile(model, { baseUrl: `${origin}/v1` });
  const options = {
    credential: { kind: 'apiKey', in: 'query', name: 'key', value: 'k' },
    egress,
    networkRules: { allow: ['loopback'] },
  } as const;
  const statusOf = async (operationId: string, parameters: JsonObject) =>
    (await connector.operation(operationId).call(parameters, options)).statusCode;
  expect(await statusOf('ListOrders', { limit: 1, 'x-tenant': 't', ids: [1, 2] })).toBe(200);
  expect(await statusOf('AddOrder', { body: { customer: 'ann', lines: [{ sku: 's' }] } })).toBe(201);
  expect(await statusOf('Upload', { file: { '$content-type': 'a/b', $content: 'eA==' }, size: 1 })).toBe(200);
});

it('fails on purpose for a share of the requests, by turns', async () => {
  const faults = ['429:0.5', '500:0.2'].map((text) => parseFault(text)).filter((fault) => fault !== undefined);
  const { send } = await start(createAnswerer(modelOf(shop())), { faults });
  const answers = [];
  for (let count = 0; count < 5; count += 1) answers.push(await send('DELETE', '/v1/orders/1'));
  expect(answers.map(({ status }) => status)).toEqual([204, 429, 204, 429, 500]);
  expect(answers[1]?.headers['retry-after']).toBe('1');
});

it('breaks off, holds back and garbles', async () => {
  const answer = createAnswerer(modelOf(shop()));
  const reset = await start(answer, { faults: [{ kind: 'reset', rate: 1 }] });
  await expect(reset.send('GET', '/v1/orders/1')).rejects.toMatchObject({ code: 'connection-reset' });
  const malformed = await start(answer, { faults: [{ kind: 'malformed', rate: 1 }] });
  const { headers, body } = await malformed.send('GET', '/v1/orders/1');
  expect(headers['content-type']).toBe('application/json');
  expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError);
  const slow = await start(answer, { faults: [{ kind: 'slow', rate: 1 }], slowMs: 60_000 });
  const waiting = expect(slow.send('GET', '/v1/orders/1')).rejects.toMatchObject({ code: 'connection-reset' });
  await new Promise((wake) => setTimeout(wake, 50));
  await slow.close();
  await waiting;
});

it.each(['', 'slow:0', 'slow:2', 'slow:x', 'slow:-1', 'burn:1', '429:0.1:2', '429:1e-1'])(
  'takes %j for no fault',
  (text) => {
    expect(parseFault(text)).toBeUndefined();
  },
);

it('takes a fault without a share for all', () => {
  expect(parseFault('slow')).toEqual({ kind: 'slow', rate: 1 });
});

const secretKey = 'key "5e2c"/9a';

/** A real API that counts, and gives away what it was sent. */
async function startApi() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(200, {
      'content-type': 'application/json',
      'set-cookie': 'session=s1',
      'x-echo': `key was ${secretKey}`,
      'x-session-token': 'tq-3',
    });
    response.end(
      JSON.stringify({
        count: seen.length,
        access_token: 'at-1',
        link: `/next?key=${encodeURIComponent(secretKey)}`,
        big: 1.1,
      }),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

it('records the real API without secrets, and replays it without the API', async () => {
  const api = await startApi();
  const model = modelOf(shop(api.host));
  const egress = createEgress();
  onTestFinished(() => egress.close());
  let recorded: Cassette | undefined;
  const recording = await start(
    createRecorder({
      model,
      call: {
        credential: { kind: 'apiKey', in: 'query', name: 'key', value: secretKey },
        egress,
        networkRules: { allow: ['loopback'] },
      },
      onRecorded: (cassette) => {
        recorded = cassette;
      },
    }),
  );
  const live = [
    await recording.send('GET', '/v1/orders/1?b=2&a=1'),
    await recording.send('GET', '/v1/orders/1?a=1&b=2'),
    await recording.send('POST', '/v1/orders', { customer: 'ann', password: 'hunter2', lines: [] }),
  ];
  expect(api.seen).toEqual([
    `GET /v1/orders/1?b=2&a=1&key=${encodeURIComponent(secretKey)}`,
    `GET /v1/orders/1?a=1&b=2&key=${encodeURIComponent(secretKey)}`,
    `POST /v1/orders?key=${encodeURIComponent(secretKey)}`,
  ]);
  const text = JSON.stringify(recorded);
  expect(['5e2c', 'hunter2', 'at-1', 's1', 'tq-3'].filter((secret) => text.includes(secret))).toEqual([]);
  expect(recorded?.interactions[2]).toEqual({
    request: {
      method: 'POST',
      path: '/v1/orders',
      query: '',
      body: '{"customer":"ann","password":"***","lines":[]}',
      bodyEncoding: 'utf8',
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json', 'x-echo': 'key was ***' },
      body: '{"count":3,"access_token":"***","link":"/next?key=***","big":1.1}',
      bodyEncoding: 'utf8',
    },
  });

  const read = readCassette(text);
  if (!('cassette' in read)) throw new Error(read.problem);
  const replaying = await start(createReplayer(model, read.cassette));
  const countOf = ({ body }: { readonly body: string }) => (JSON.parse(body) as { count: number }).count;
  const replayed = [
    await replaying.send('GET', '/v1/orders/1?a=1&b=2&key=another'),
    await replaying.send('POST', '/v1/orders', { customer: 'ann', password: 'other', lines: [] }),
    await replaying.send('GET', '/v1/orders/1?a=1&b=2'),
    await replaying.send('GET', '/v1/orders/1?a=1&b=2'),
  ];
  expect([live.map(countOf), replayed.map(countOf)]).toEqual([
    [1, 2, 3],
    [1, 3, 2, 2],
  ]);
  expect(replayed[0]?.headers['x-echo']).toBe('key was ***');
  const missing = await replaying.send('POST', '/v1/orders', { customer: 'bob' });
  expect([missing.status, missing.body]).toEqual([
    404,
    '{"error":{"code":"NotRecorded","message":"The cassette has no answer to POST /v1/orders with this body."}}',
  ]);
  expect(api.seen.length).toBe(3);
});

it('records no failure of the way', async () => {
  const egress = createEgress();
  onTestFinished(() => egress.close());
  const recorded: Cassette[] = [];
  const { send } = await start(
    createRecorder({
      model: modelOf(shop('127.0.0.1:1')),
      call: { credential: { kind: 'none' }, egress, networkRules: { allow: ['loopback'] } },
      onRecorded: (cassette) => recorded.push(cassette),
    }),
  );
  expect((await send('GET', '/v1/orders/1')).status).toBe(502);
  expect((await send('GET', '/v1/orders/..%2f')).status).toBe(502);
  expect(recorded).toEqual([]);
});

it.each([
  ['{', 'it is not JSON'],
  ['[]', 'it must be object'],
  ['{"version":2,"title":"x","interactions":[]}', '/version must be equal to constant'],
  [
    '{"version":1,"title":"x","interactions":[{"request":{"method":"GET","path":"/","query":"","body":"","bodyEncoding":"utf8"},"response":{"status":200,"headers":{"x":"a\\r\\nb"},"body":"","bodyEncoding":"utf8"}}]}',
    '/interactions/0/response/headers/x must match pattern',
  ],
])('says what is wrong with the cassette %s', (text, problem) => {
  expect(readCassette(text)).toMatchObject({ problem: expect.stringContaining(problem) as string });
});
