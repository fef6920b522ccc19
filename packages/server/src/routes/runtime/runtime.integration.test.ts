import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpRequest, send } from '../../test-platform/http-client.ts';
import { signIn } from '../../test-platform/people.ts';
import {
  flows,
  sayHello,
  startThingsPlatform,
  type ThingsPlatform,
} from '../../test-platform/start-things-platform.ts';
import { flowOf, thingsKey } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

const megabytes = Buffer.alloc(5 * 1024 * 1024);
for (let index = 0; index < megabytes.length; index += 1) megabytes[index] = (index * 31) % 256;
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform(({ method, target, body }, response) => {
    if (target.startsWith('/v1/files/') && method === 'PUT') answerJson(response, 201, { digest: digest(body) });
    else if (target.startsWith('/v1/files/')) {
      response
        .writeHead(206, {
          'content-type': 'image/png',
          'x-mark': 'kept',
          'set-cookie': 'upstream=1',
          'www-authenticate': 'Basic realm="upstream"',
          'strict-transport-security': 'max-age=1',
          'content-security-policy': "script-src 'unsafe-inline'",
          'clear-site-data': '"*"',
        })
        .end(megabytes);
    } else answerJson(response, 200, { target });
  });
});
afterAll(() => server.stop());

/** A raw call through the connection. */
const through = (path: string, request: Partial<HttpRequest> = {}) =>
  send(server.origin, {
    ...request,
    path: server.runtimePath + path,
    headers: { authorization: server.authorization, ...request.headers },
  });

it('puts the connection’s key on a call and takes off what is the caller’s own', async () => {
  const { services, administrator } = server;
  const { headers } = await signIn(services, administrator);
  await through('/things?a=1&a=2&b=%2Fx%20y', {
    method: 'POST',
    headers: {
      'x-api-key': 'own',
      cookie: headers['cookie'] ?? '',
      'x-csrf-token': headers['x-csrf-token'] ?? '',
      'proxy-authorization': 'Basic Zm9v',
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
      'x-real-ip': '10.0.0.1',
      'x-ms-client-tracking-id': 'mine',
      origin: 'https://somewhere.example',
      referer: 'https://somewhere.example/page',
      'x-custom': 'kept',
      'content-type': 'application/json',
      'accept-language': 'de',
    },
    body: '{"a":1}',
  });
  const { method, target, headers: sent, body } = server.upstream.received.at(-1) ?? { headers: {} };
  const { connection: _connection, ...rest } = sent as { readonly [name: string]: string };
  expect({ method, target, headers: rest, body: String(body) }).toEqual({
    method: 'POST',
    target: '/v1/things?a=1&a=2&b=%2Fx%20y',
    headers: {
      host: server.upstream.host,
      'x-api-key': thingsKey,
      'x-custom': 'kept',
      'content-type': 'application/json',
      'accept-language': 'de',
      'content-length': '7',
    },
    body: '{"a":1}',
  });
});

it('takes the cookie of a session with its CSRF token as well as an access token', async () => {
  const { services, administrator } = server;
  const { headers } = await signIn(services, administrator);
  const answer = await send(server.origin, { path: `${server.runtimePath}/things`, headers });
  expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { target: '/v1/things' } });
});

it('streams bytes both ways unchanged, and keeps back what would speak for the API’s own origin', async () => {
  const up = await through('/files/a', { method: 'PUT', body: megabytes });
  expect({ status: up.status, body: up.body }).toEqual({ status: 201, body: { digest: digest(megabytes) } });
  const down = await through('/files/a');
  const { date: _date, connection: _connection, 'keep-alive': _alive, ...headers } = down.headers;
  expect({ status: down.status, headers, digest: digest(down.bytes) }).toEqual({
    status: 206,
    headers: {
      'content-type': 'image/png',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-mark': 'kept',
      'transfer-encoding': 'chunked',
    },
    digest: digest(megabytes),
  });
});

const escapes = 'The path must stay below the connector: it must not hold "." or "..", in any encoding.';

it.each([
  '/../admin',
  '/things/../../admin',
  '/things/%2e%2e/%2e%2e/admin',
  '/things/%2E./admin',
  '/things/..%2fadmin',
  '/things/..%2Fadmin',
  '/things/..%5cadmin',
  '/things/%252e%252e%252fadmin',
  '/things/%25252e%25252e/admin',
  '/things/.;/admin',
  '/things/..;a=b/admin',
  '/things/.',
  '/things/%2e',
  '/things/..\\admin',
  '/things/%00',
  '/things/%09..%09/admin',
])('lets no raw call climb out of the connector: %s', async (path) => {
  const before = server.upstream.received.length;
  const answer = await through(path);
  expect({ status: answer.status, body: answer.body, sent: server.upstream.received.length - before }).toEqual({
    status: 400,
    body: { error: { code: 'PathEscapes', message: escapes } },
    sent: 0,
  });
});

it.each([
  ['an id with an encoded slash', '/things/a%2Fb', '/v1/things/a%2Fb'],
  ['dots inside a name', '/things/a..b.c', '/v1/things/a..b.c'],
  ['what looks like another host', '/things/@elsewhere.test', '/v1/things/@elsewhere.test'],
  ['a question mark that is encoded', '/things/a%3Fb', '/v1/things/a%3Fb'],
])('passes a path on as it was encoded: %s', async (_what, path, target) => {
  const answer = await through(path);
  expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { target } });
});

it.each([
  ['GET', '/others', 'The connector has no operation GET /others.'],
  ['DELETE', '/things/1', 'The connector has no operation DELETE /things/1.'],
  ['GET', '//elsewhere.test/', 'The connector has no operation GET //elsewhere.test/.'],
])('calls what the connector describes and nothing else: %s %s', async (method, path, message) => {
  const before = server.upstream.received.length;
  const answer = await through(path, { method });
  expect({ status: answer.status, body: answer.body, sent: server.upstream.received.length - before }).toEqual({
    status: 404,
    body: { error: { code: 'OperationNotFound', message } },
    sent: 0,
  });
});

it('finds a connection under its own connector only', async () => {
  const name = server.connector.replace('shared_', '');
  const at = async (path: string) => {
    const { status, body } = await server.call('GET', path);
    return { status, body };
  };
  expect(await at(`/apim/other/${server.connection}/things`)).toEqual({
    status: 404,
    body: {
      error: { code: 'ConnectionNotFound', message: `There is no connection "${server.connection}" of shared_other.` },
    },
  });
  expect(await at(`/apim/${name}/other/things`)).toEqual({
    status: 404,
    body: { error: { code: 'ConnectionNotFound', message: 'There is no connection "other".' } },
  });
});

/** The callback URL of a flow's trigger, as a path with its query. */
async function callbackOf(flow: string): Promise<string> {
  const { body } = await server.call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`);
  return (body as { readonly value: string }).value.slice(server.origin.length);
}

async function post(path: string, request: Partial<HttpRequest> = {}) {
  const { status, body } = await send(server.origin, { method: 'POST', ...request, path });
  return { status, body };
}

const refused = {
  status: 401,
  body: {
    error: {
      code: 'SignatureInvalid',
      message: 'The callback URL is not valid, or not any more. Get the current one from the flow.',
    },
  },
};

it('takes a callback URL as it was signed and no other', async () => {
  const flow = await server.deploy(
    flowOf(sayHello['actions'] as never, {
      triggers: { manual: { type: 'Request', kind: 'Http' }, other: { type: 'Request', kind: 'Http' } },
    }),
  );
  const another = await server.deploy(sayHello);
  const url = await callbackOf(flow);
  const signatureOf = (path: string): string => new URLSearchParams(path.split('?')[1]).get('sig') ?? '';
  const foreign = signatureOf(await callbackOf(another));
  expect(await post(url)).toEqual({ status: 202, body: '' });
  const answers = {
    flipped: await post(url.replace(/sig=(.)/, (_all, first) => `sig=${first === 'A' ? 'B' : 'A'}`)),
    shortened: await post(url.slice(0, -1)),
    longer: await post(`${url}A`),
    none: await post(url.replace(/&sig=[^&]*/, '')),
    empty: await post(url.replace(/sig=[^&]*/, 'sig=')),
    twice: await post(`${url}&sig=${signatureOf(url)}`),
    otherTrigger: await post(url.replace('/triggers/manual/paths', '/triggers/other/paths')),
    otherTriggerSaidSo: await post(url.replaceAll('manual', 'other')),
    otherFlow: await post(url.replace(flow, another)),
    otherFlowsSignature: await post(url.replace(signatureOf(url), foreign)),
    expiry: await post(`${url}&se=2099-01-01T00%3A00%3A00Z`),
    version: await post(url.replace('sv=1.0', 'sv=2.0')),
    unknownFlow: await post(url.replace(flow, 'nothing')),
  };
  expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, refused])));
  // The administrator's own token does not stand in for a signature.
  const bare = url.split('?')[0] ?? '';
  expect(await post(bare, { headers: { authorization: server.authorization } })).toEqual(refused);
});

it('refuses the callback URL of before once the key was made new', async () => {
  const flow = await server.deploy(sayHello);
  const other = await server.deploy(sayHello);
  const [before, untouched] = [await callbackOf(flow), await callbackOf(other)];
  expect(await server.ask('POST', `${flows}/${flow}/regenerateAccessKey`, { keyType: 'Primary' })).toEqual({
    status: 200,
    body: '',
  });
  const after = await callbackOf(flow);
  expect([await post(before), await post(after), await post(untouched)].map(({ status }) => status)).toEqual([
    401, 202, 202,
  ]);
});

it('gives both of two who ask for a callback URL at once a good one', async () => {
  const flow = await server.deploy(sayHello);
  const urls = await Promise.all([callbackOf(flow), callbackOf(flow), callbackOf(flow)]);
  expect(new Set(urls).size).toBe(1);
  expect(await post(urls[0] ?? '')).toEqual({ status: 202, body: '' });
});

const echo = flowOf(
  {
    Answer: {
      type: 'Response',
      kind: 'Http',
      inputs: {
        statusCode: 201,
        headers: {
          'X-Mark': 'a',
          'Content-Disposition': 'inline',
          'Set-Cookie': 'patchbay_session=x',
          'Transfer-Encoding': 'chunked',
          'Content-Language': 'de',
          'Last-Modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
          Allow: 'GET',
          Expires: '0',
        },
        body: '@triggerOutputs()',
      },
      runAfter: {},
    },
  },
  { triggers: { manual: { type: 'Request', kind: 'Http', inputs: { relativePath: 'orders/{id}' } } } },
);

it('gives the flow the request without who sent it, and the caller the flow’s answer as no page of this origin', async () => {
  const url = (await callbackOf(await server.deploy(echo))).replace('{id}', 'a%20b');
  const answer = await send(server.origin, {
    method: 'POST',
    path: `${url}&q=1&q=2`,
    headers: { authorization: 'Bearer somebody', cookie: 'patchbay_session=x', 'x-csrf-token': 'x', 'x-mine': 'm' },
    body: { a: [1.5, 'ü'] },
  });
  const run = answer.headers['x-ms-workflow-run-id'];
  expect(run).toMatch(/^0858\d+/);
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !/^(date|connection|x-ms-.*)$/.test(name)),
  );
  const { headers: seen, ...outputs } = answer.body as { readonly headers: { readonly [name: string]: string } };
  expect({ status: answer.status, headers, seen: Object.keys(seen).sort(), outputs }).toEqual({
    status: 201,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(answer.bytes.length),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-mark': 'a',
      'content-disposition': 'inline',
    },
    seen: ['content-length', 'content-type', 'host', 'x-mine'],
    outputs: { method: 'POST', queries: { q: '1,2' }, relativePathParameters: { id: 'a b' }, body: { a: [1.5, 'ü'] } },
  });
});

it('gives bytes back as they came', async () => {
  const flow = await server.deploy(
    flowOf({
      Answer: {
        type: 'Response',
        kind: 'Http',
        inputs: { statusCode: 200, headers: { 'Content-Type': 'image/png' }, body: '@triggerBody()' },
        runAfter: {},
      },
    }),
  );
  const answer = await send(server.origin, {
    method: 'POST',
    path: await callbackOf(flow),
    headers: { 'content-type': 'image/png' },
    body: megabytes,
  });
  expect({ status: answer.status, type: answer.headers['content-type'], digest: digest(answer.bytes) }).toEqual({
    status: 200,
    type: 'image/png',
    digest: digest(megabytes),
  });
});

it('says what is wrong with a call of a callback URL', async () => {
  const url = await callbackOf(
    await server.deploy(
      flowOf(sayHello['actions'] as never, {
        triggers: {
          manual: {
            type: 'Request',
            kind: 'Http',
            inputs: {
              method: 'PUT',
              schema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
            },
            operationOptions: 'EnableSchemaValidation',
          },
        },
      }),
    ),
  );
  const json = { 'content-type': 'application/json' };
  const head = await send(server.origin, { method: 'HEAD', path: url });
  expect(head.status).toBe(405);
  expect({
    method: await post(url),
    path: await post(url.replace('/invoke?', '/invoke/more?'), { method: 'PUT', body: { n: 1 } }),
    notJson: await post(url, { method: 'PUT', headers: json, body: '{"n":' }),
    schema: await post(url, { method: 'PUT', body: { n: 'one' } }),
    good: await post(url, { method: 'PUT', body: { n: 1 } }),
  }).toMatchInlineSnapshot(`
    {
      "good": {
        "body": "",
        "status": 202,
      },
      "method": {
        "body": {
          "error": {
            "code": "MethodNotAllowed",
            "message": "The trigger "manual" takes PUT, not POST.",
          },
        },
        "status": 405,
      },
      "notJson": {
        "body": {
          "error": {
            "code": "InvalidRequest",
            "message": "The body says it is JSON and is not: Unexpected end of JSON input.",
          },
        },
        "status": 400,
      },
      "path": {
        "body": {
          "error": {
            "code": "NotFound",
            "message": "The trigger takes the relative path "", not "more".",
          },
        },
        "status": 404,
      },
      "schema": {
        "body": {
          "error": {
            "code": "TriggerInputSchemaMismatch",
            "message": "The input body for trigger 'manual' did not match its schema. n: Invalid type. Expected Number but got String.",
          },
        },
        "status": 400,
      },
    }
  `);
});

it('tells a caller whose flow ends without an answer', async () => {
  const flow = await server.deploy(
    flowOf({
      Fail: { type: 'Terminate', inputs: { runStatus: 'Failed', runError: { code: 'E', message: 'M' } }, runAfter: {} },
      Answer: { type: 'Response', kind: 'Http', inputs: { statusCode: 200 }, runAfter: { Fail: ['Succeeded'] } },
    }),
  );
  expect(await post(await callbackOf(flow))).toMatchInlineSnapshot(`
    {
      "body": {
        "error": {
          "code": "NoResponse",
          "message": "The server did not receive a response: the run ended without a Response action.",
        },
      },
      "status": 502,
    }
  `);
});

it('reads data as data: what looks like an expression in a request stays text', async () => {
  const flow = await server.deploy(
    flowOf({
      Answer: {
        type: 'Response',
        kind: 'Http',
        inputs: { statusCode: 200, headers: { 'X-Said': "@triggerBody()['said']" }, body: "@triggerBody()['said']" },
        runAfter: {},
      },
    }),
  );
  const said = "@{concat('a','b')} @concat('a') @@ {{ this.constructor.constructor('return process')() }}";
  const answer = await send(server.origin, { method: 'POST', path: await callbackOf(flow), body: { said } });
  expect({ status: answer.status, header: answer.headers['x-said'], body: answer.body }).toEqual({
    status: 200,
    header: said,
    body: said,
  });
});

it('takes the tenant of a flow’s connections from its own environment, never from what the flow says', async () => {
  const { store } = server.services;
  const elsewhere = {
    id: 'elsewhere',
    displayName: 'Elsewhere',
    isDefault: false,
    allowedNetworks: [],
    createdAtMs: 1,
  };
  await store.environments.insert(elsewhere);
  const { body } = await server.call('POST', flows.replace('~default', 'elsewhere'), {
    properties: {
      displayName: 'Foreign',
      definition: flowOf({
        Get: {
          type: 'OpenApiConnection',
          inputs: {
            host: { apiId: server.apiId, connectionName: 'things', operationId: 'ListThings' },
            parameters: {},
          },
          runAfter: {},
        },
      }),
      connectionReferences: { things: { connectionName: server.connection, id: server.apiId } },
    },
  });
  const { name } = body as { readonly name: string };
  const before = server.upstream.received.length;
  const run = await server.run(name);
  const { body: page } = await server.ask('GET', `/api/flows/${name}/runs/${run}`);
  expect(page).toMatchObject({
    status: 'Failed',
    actions: [
      {
        name: 'Get',
        status: 'Failed',
        error: {
          code: 'ConnectionNotFound',
          message: `There is no connection "${server.connection}" in this environment.`,
        },
      },
    ],
  });
  expect(server.upstream.received.length).toBe(before);
  // A flow is found in its own environment only.
  expect((await server.call('GET', `${flows}/${name}`)).status).toBe(404);
});

const invalidHeader = (name: string) => ({
  status: 502,
  body: {
    error: {
      code: 'ResponseInvalid',
      message: `The flow responded with the header field "${name}", which cannot be sent: its name or its value has a character that HTTP does not allow.`,
    },
  },
});
const noResponse = {
  status: 502,
  body: {
    error: {
      code: 'NoResponse',
      message: 'The server did not receive a response: the run ended without a Response action.',
    },
  },
};

it.each([
  [
    'a header value over two lines',
    { statusCode: 200, headers: { 'X-A': "@concat('a', decodeUriComponent('%0D%0A'), 'Set-Cookie: b=c')" } },
    invalidHeader('X-A'),
  ],
  ['a header name that is none', { statusCode: 200, headers: { 'X A': 'b' } }, invalidHeader('X A')],
  ['a content type that is none', { statusCode: 200, headers: { 'Content-Type': '✓' } }, invalidHeader('Content-Type')],
  ['a header value that no byte can say', { statusCode: 200, headers: { 'X-A': '✓' } }, invalidHeader('X-A')],
  ['a status that is none', { statusCode: '@add(40,2)' }, noResponse],
  ['a status that answers nothing yet', { statusCode: '@add(100,1)' }, noResponse],
  ['a status that sends the caller elsewhere', { statusCode: '@add(300,2)' }, noResponse],
  ['a body under a status that has none', { statusCode: 204, body: 'text' }, { status: 204, body: '' }],
])('answers for a flow that responds with %s', async (_what, inputs, expected) => {
  const flow = await server.deploy(flowOf({ Answer: { type: 'Response', kind: 'Http', inputs, runAfter: {} } }));
  expect(await post(await callbackOf(flow))).toEqual(expected);
});

it('refuses a body for a flow that nests without end', async () => {
  const url = await callbackOf(await server.deploy(echo));
  const body = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect(await post(url.replace('{id}', '1'), { headers: { 'content-type': 'application/json' }, body })).toEqual({
    status: 400,
    body: {
      error: {
        code: 'InvalidRequest',
        message: 'The body says it is JSON and is not: the JSON nests deeper than 500 levels.',
      },
    },
  });
});
