import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from './errors/codes.ts';
import { send } from './test-platform/http-client.ts';
import { signIn, signInDevice } from './test-platform/people.ts';
import { startTestPlatform, type TestPlatform } from './test-platform/start-test-platform.ts';
import { callThings, flowOf, thingsDefinition, thingsProperties } from './test-platform/things.ts';
import { answerJson, type ReceivedRequest, startUpstream, type Upstream } from './test-platform/upstream.ts';

/** An upstream that misbehaves as the last segment of the path says, and answers well else. */
function misbehave({ target }: ReceivedRequest, response: ServerResponse): void {
  const page = '<html><body>Sorry, we are down.</body></html>';
  switch (target.split('/').at(-1)) {
    case 'hang':
      return;
    case 'half':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"a":');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      return;
    case 'mislabelled':
      response.writeHead(200, { 'content-type': 'application/json' }).end(page);
      return;
    case 'metadata':
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/iam' }).end();
      return;
    case 'garbage':
      response.socket?.end('hello\r\n\r\n');
      return;
    default:
      answerJson(response, 200, { fine: true });
  }
}

let server: TestPlatform;
let upstream: Upstream;
let authorization: string;
let connector: string;
let apiId: string;
const connection = 'things-connection';
const processSimple = '/providers/Microsoft.ProcessSimple/environments/~default/flows';
const powerApps = '/providers/Microsoft.PowerApps/apis';

const call = (method: string, path: string, body?: unknown) =>
  send(server.origin, { method, path, headers: { authorization }, ...(body !== undefined && { body }) });

/** Status and body, as one value to look at; the upstream's port differs from run to run. */
async function answerOf(method: string, path: string, body?: unknown) {
  const answer = await call(method, path, body);
  const text = JSON.stringify(answer.body).replaceAll(upstream.host, 'api.test');
  return { status: answer.status, body: JSON.parse(text) as unknown };
}

/** All that is kept of connectors and flows. */
const everything = () =>
  Promise.all([answerOf('GET', powerApps), answerOf('GET', apiId), answerOf('GET', processSimple)]);

const getThing = (id: string) =>
  answerOf('POST', `/api/connections/${connection}/operations/GetThing/call`, { parameters: { id } });
const works = { status: 200, body: expect.objectContaining({ statusCode: 200, body: { fine: true } }) };

beforeAll(async () => {
  upstream = await startUpstream(misbehave);
  server = await startTestPlatform({ PATCHBAY_CALL_TIMEOUT_MS: '400' });
  const { services, administrator } = server;
  authorization = `Bearer ${(await signInDevice(services, await signIn(services, administrator))).access_token}`;
  const created = await call('POST', powerApps, {
    properties: { ...thingsProperties, openApiDefinition: thingsDefinition(upstream.host) },
  });
  connector = (created.body as { readonly name: string }).name;
  apiId = `${powerApps}/${connector}`;
  await call('PUT', `${apiId}/connections/${connection}`, {
    properties: { connectionParameters: { api_key: 'k-1234567890' } },
  });
});
afterAll(async () => {
  await server.stop();
  await upstream.close();
});

async function deploy(actions: JsonObject, displayName = 'Test'): Promise<string> {
  const { body, status } = await call('POST', processSimple, {
    properties: {
      displayName,
      definition: flowOf(actions),
      connectionReferences: { things: { connectionName: connection, id: apiId } },
    },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return (body as { readonly name: string }).name;
}

type History = {
  readonly properties: {
    readonly status: string;
    readonly error?: object;
    readonly actions: {
      readonly [name: string]: { readonly status: string; readonly code: string; readonly error?: object };
    };
  };
};

/** Runs a flow once to its end and answers the statuses, codes and errors of its history. */
async function runToEnd(flow: string) {
  const { body } = await call('POST', `/api/flows/${flow}/triggers/manual/run`, {});
  const { runId } = body as { readonly runId: string };
  await server.services.engine.settled(runId);
  const { body: read } = await answerOf('GET', `${processSimple}/${flow}/runs/${runId}?$expand=properties/actions`);
  const history = read as History;
  const { status, error, actions } = history.properties;
  return {
    status,
    error,
    actions: Object.fromEntries(
      Object.entries(actions).map(([name, action]) => [
        name,
        { status: action.status, code: action.code, error: action.error },
      ]),
    ),
  };
}

const noDescription = expect.stringMatching(/^The definition cannot be read: This is no description of an API\. /);

it.each([
  ['an object that describes nothing', { hello: 'world' }, noDescription],
  ['a flow', flowOf({}), noDescription],
  ['an empty object', {}, noDescription],
  [
    'a description without paths',
    { swagger: '2.0', info: { title: 'Empty', version: '1' }, host: 'api.test' },
    'The definition cannot be read: The definition has no paths, so there is nothing to call.',
  ],
])('refuses %s as a connector and as a change of one, and loses nothing', async (_what, openApiDefinition, message) => {
  const before = await everything();
  const refused = {
    status: 422,
    body: { error: { code: 'DefinitionUnreadable', message, details: expect.any(Array) } },
  };
  const properties = { displayName: 'Broken', openApiDefinition };
  expect(await answerOf('POST', powerApps, { properties })).toEqual(refused);
  expect(await answerOf('PATCH', apiId, { properties })).toEqual(refused);
  expect(await everything()).toEqual(before);
  expect(await getThing('1')).toEqual(works);
});

it.each([
  ['a letter', 'Dear Sir or Madam', 'This is not a JSON value. Strings need double quotes.', { line: 1, column: 1 }],
  [
    'half of one',
    `{\n  "swagger": "2.0",\n  "host": "api.test",\n  "paths": {"/a": {"get": {"operationId": "A"}}}`,
    'An object is not closed: } is missing.',
    { line: 4, column: 49 },
  ],
])('refuses the text of %s with line and column', async (_what, definition, message, place) => {
  const before = await everything();
  const answer = await answerOf('POST', '/api/connectors/import', { definition });
  expect(answer).toEqual({
    status: 422,
    body: {
      type: 'urn:patchbay:error:DefinitionUnreadable',
      title: 'The definition cannot be read',
      status: 422,
      detail: `The definition cannot be read: ${message}`,
      code: 'DefinitionUnreadable',
      findings: expect.arrayContaining([expect.objectContaining({ message, ...place })]),
    },
  });
  expect(await everything()).toEqual(before);
});

it('answers a definition to be validated with what is wrong with it', async () => {
  expect(await answerOf('POST', '/providers/Microsoft.PowerApps/objectIds/me/validateApiSwagger', { a: 1 })).toEqual({
    status: 400,
    body: {
      error: {
        code: 'InvalidDefinition',
        message: expect.stringMatching(/^error format-unsupported at \/: This is no description of an API\. /),
        details: [expect.objectContaining({ code: 'format-unsupported', severity: 'error' })],
      },
    },
  });
});

const tooLarge =
  'The request body is longer than this server reads (PATCHBAY_MAX_BODY_BYTES). Send less, or ask the administrator to raise the limit.';

it.each([
  ['a connector', powerApps],
  ['a flow', processSimple],
  ['a change of a connection', `/providers/Microsoft.PowerApps/apis/x/connections/${connection}`],
])('refuses 60 MB for %s, of a length that is told or not', async (_what, path) => {
  const before = await everything();
  const body = Buffer.alloc(60 * 1024 * 1024, 0x20);
  const headers = { authorization, 'content-type': 'application/json' };
  const method = path.includes('connections') ? 'PUT' : 'POST';
  const told = await send(server.origin, { method, path, headers, body });
  const streamed = await send(server.origin, {
    method,
    path,
    headers: { ...headers, 'transfer-encoding': 'chunked' },
    body,
  });
  const refused = { status: 413, body: { error: { code: 'BodyTooLarge', message: tooLarge } } };
  expect([told, streamed].map((answer) => ({ status: answer.status, body: answer.body }))).toEqual([refused, refused]);
  expect(await everything()).toEqual(before);
});

it('refuses 60 MB for a callback URL and starts nothing', async () => {
  const flow = await deploy({ Say: { type: 'Compose', inputs: 'hello', runAfter: {} } });
  const { body: callback } = await call('POST', `${processSimple}/${flow}/triggers/manual/listCallbackUrl`);
  const { value } = callback as { readonly value: string };
  const path = value.slice(server.origin.length);
  const body = Buffer.alloc(60 * 1024 * 1024, 0x20);
  const { status, body: answered } = await send(server.origin, { method: 'POST', path, body });
  expect({ status, body: answered }).toEqual({
    status: 413,
    body: { error: { code: 'BodyTooLarge', message: tooLarge } },
  });
  expect(await answerOf('GET', `${processSimple}/${flow}/runs`)).toEqual({ status: 200, body: { value: [] } });
});

const deep = `{"properties":{"definition":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}`;

it.each([
  ['that is not JSON', '{"properties":', 'The body is not JSON: Unexpected end of JSON input.'],
  ['that nests without end', deep, 'The body nests deeper than 500 levels.'],
  [
    'that reaches for prototypes',
    '{"properties":{"__proto__":{"isAdministrator":true}}}',
    'The body has a member "__proto__" or "constructor", which is refused.',
  ],
  ['of another form', '[]', 'The request is not valid: / Invalid input: expected object, received array.'],
  [
    'whose members have other types',
    '{"properties":{"definition":"text","displayName":7}}',
    'The request is not valid: /properties/displayName Invalid input: expected string, received number; /properties/definition Invalid input: expected record, received string.',
  ],
])('refuses a body %s', async (_what, body, message) => {
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await send(server.origin, { method: 'POST', path: processSimple, headers, body });
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 400,
    body: { error: { code: 'InvalidRequest', message: expect.stringContaining(message) } },
  });
});

it('refuses a body of another media type than JSON', async () => {
  const headers = { authorization, 'content-type': 'application/xml' };
  const answer = await send(server.origin, { method: 'POST', path: processSimple, headers, body: '<flow/>' });
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 415,
    body: {
      error: {
        code: 'UnsupportedMediaType',
        message: 'This address does not take the media type of the body. Send application/json.',
      },
    },
  });
});

it('refuses a flow with an action of an unknown type, and keeps the flow that it would have changed', async () => {
  const actions = { Say: { type: 'Compose', inputs: 'hello', runAfter: {} } };
  const flow = await deploy(actions);
  const before = await answerOf('GET', `${processSimple}/${flow}`);
  const all = await everything();
  const definition = flowOf({ ...actions, Brew: { type: 'BrewCoffee', inputs: {}, runAfter: { Say: ['Succeeded'] } } });
  const message = expect.stringMatching(
    /^The definition cannot run: action "Brew" has the type "BrewCoffee", which is not supported; supported are .*Compose.*, at \/actions\/Brew\/type\.$/,
  );
  const refused = {
    status: 400,
    body: {
      error: {
        code: 'InvalidDefinition',
        message,
        details: [
          {
            code: 'action-type-unknown',
            severity: 'error',
            message: expect.stringMatching(/^action "Brew" has the type "BrewCoffee", which is not supported/),
            pointer: '/actions/Brew/type',
            subject: 'BrewCoffee',
          },
        ],
      },
    },
  };
  expect(await answerOf('POST', processSimple, { properties: { definition } })).toEqual(refused);
  expect(
    await answerOf('PATCH', `${processSimple}/${flow}`, { properties: { displayName: 'New', definition } }),
  ).toEqual(refused);
  expect(await answerOf('GET', `${processSimple}/${flow}`)).toEqual(before);
  expect(await everything()).toEqual(all);
  expect((await runToEnd(flow)).status).toBe('Succeeded');
});

it('fails the action whose expression has a value of the wrong type, and says which', async () => {
  const flow = await deploy({
    Add: { type: 'Compose', inputs: "@add('three', 4)", runAfter: {} },
    After: { type: 'Compose', inputs: 'not reached', runAfter: { Add: ['Succeeded'] } },
  });
  expect(await runToEnd(flow)).toEqual({
    status: 'Failed',
    error: { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' },
    actions: {
      Add: {
        status: 'Failed',
        code: 'InvalidTemplate',
        error: {
          code: 'InvalidTemplate',
          message:
            "Unable to process template language expressions in action 'Add' inputs at line '0' and column '0': 'The template language function 'add' expects its first parameter to be a number. The provided value is of type 'String'.'.",
        },
      },
      After: {
        status: 'Skipped',
        code: 'ActionSkipped',
        error: {
          code: 'ActionConditionFailed',
          message:
            "The execution of template action 'After' is skipped: the 'runAfter' condition for action 'Add' is not satisfied. Expected status values 'Succeeded' and actual value 'Failed'.",
        },
      },
    },
  });
});

/** What an upstream does → code and message of the failure, and the status of a call that is made directly. */
const misbehaviours: readonly (readonly [kind: string, code: string, status: number, message: string])[] = [
  ['hang', 'TimedOut', 504, 'api.test did not answer within 0.4 s.'],
  ['half', 'TimedOut', 504, 'api.test did not answer within 0.4 s.'],
  ['reset', 'ConnectionReset', 502, 'api.test closed the connection before it had answered.'],
  ['garbage', 'ProtocolViolated', 502, 'api.test answered with something that is not HTTP.'],
  [
    'html',
    'ResponseNotJson',
    502,
    'GetThing should answer in JSON, but the API answered 200 with text/html that is not: "<html><body>Sorry, we are down.</body></html>". Check the host and the path; sign-in pages look like this.',
  ],
  [
    'mislabelled',
    'ResponseNotJson',
    502,
    'GetThing should answer in JSON, but the API answered 200 with application/json that is not: "<html><body>Sorry, we are down.</body></html>". Check the host and the path; sign-in pages look like this.',
  ],
  [
    'metadata',
    'AddressRefused',
    403,
    "169.254.169.254 is a cloud metadata address, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.",
  ],
];

it.each(misbehaviours)('tells in a run that the API did this: %s', async (kind, code, _status, message) => {
  const flow = await deploy({
    Get: callThings(apiId, 'GetThing', { id: kind }),
    Then: { type: 'Compose', inputs: "@actions('Get')['error']['code']", runAfter: { Get: ['Failed', 'TimedOut'] } },
  });
  expect(await runToEnd(flow)).toEqual({
    status: 'Succeeded',
    actions: {
      Get: { status: 'Failed', code, error: { code, message } },
      Then: { status: 'Succeeded', code: 'OK' },
    },
  });
  expect(await getThing('1')).toEqual(works);
});

it.each(misbehaviours)('tells a direct caller that the API did this: %s', async (kind, code, status, message) => {
  const { title } = errorCodes[code as ErrorCode];
  expect(await getThing(kind)).toEqual({
    status,
    body: { type: `urn:patchbay:error:${code}`, title, status, detail: message, code },
  });
  expect(await getThing('1')).toEqual(works);
});

it.each(misbehaviours)(
  'tells who tests a connection that the API did this: %s',
  async (kind, code, _status, message) => {
    const { status, body } = await answerOf('POST', `/api/connections/${connection}/test`, {
      operationId: 'GetThing',
      parameters: { id: kind },
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: expect.objectContaining({ ok: false, error: { code, message } }),
    });
  },
);

it.each([
  ['hang', 504, 'TimedOut', 'api.test did not answer within 0.4 s.'],
  ['reset', 502, 'ConnectionReset', 'api.test closed the connection before it had answered.'],
  ['garbage', 502, 'ProtocolViolated', 'api.test answered with something that is not HTTP.'],
])('tells a caller of the runtime API that the API did this: %s', async (kind, status, code, message) => {
  const path = `/apim/${connector.replace('shared_', '')}/${connection}/things/${kind}`;
  expect(await answerOf('GET', path)).toEqual({ status, body: { error: { code, message } } });
});

it('hands a redirect of a raw call to the caller and does not follow it', async () => {
  const answer = await call('GET', `/apim/${connector.replace('shared_', '')}/${connection}/things/metadata`);
  expect({ status: answer.status, location: answer.headers.location }).toEqual({
    status: 302,
    location: 'http://169.254.169.254/latest/meta-data/iam',
  });
});

it('breaks off an answer of a raw call that the API broke off, rather than to make it look whole', async () => {
  await expect(call('GET', `/apim/${connector.replace('shared_', '')}/${connection}/things/half`)).rejects.toThrow(
    'aborted',
  );
});

it.each([
  ['http://169.254.169.254/latest/meta-data', '169.254.169.254 is a cloud metadata address'],
  ['http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe is a cloud metadata address'],
  ['http://10.1.2.3/', '10.1.2.3 is a private address'],
])('lets no Http action of a flow reach %s', async (uri, reason) => {
  const flow = await deploy({
    Fetch: { type: 'Http', inputs: { method: 'GET', uri, retryPolicy: { type: 'none' } }, runAfter: {} },
  });
  const message = `${reason}, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.`;
  expect(await runToEnd(flow)).toEqual({
    status: 'Failed',
    error: { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' },
    actions: { Fetch: { status: 'Failed', code: 'AddressRefused', error: { code: 'AddressRefused', message } } },
  });
});

it.each([
  ['a name that nobody has', 'http://nobody.invalid/', 'NameNotFound'],
  ['another protocol', 'file:///etc/passwd', 'UrlInvalid'],
  ['no address', 'not an address', 'ParameterInvalid'],
  ['an address with a password', 'http://me:secret@api.test/', 'UrlInvalid'],
])('says what is wrong with the address of an Http action: %s', async (_what, uri, code) => {
  const flow = await deploy({
    Fetch: { type: 'Http', inputs: { method: 'GET', uri, retryPolicy: { type: 'none' } }, runAfter: {} },
  });
  const { actions } = await runToEnd(flow);
  expect(actions['Fetch']).toMatchObject({ status: 'Failed', code });
});
