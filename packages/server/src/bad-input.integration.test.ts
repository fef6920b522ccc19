import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from './errors/codes.ts';
import { send } from './test-platform/http-client.ts';
import {
  flows,
  powerApps,
  sayHello,
  startThingsPlatform,
  type ThingsPlatform,
} from './test-platform/start-things-platform.ts';
import { callThings, flowOf } from './test-platform/things.ts';
import { answerJson, type ReceivedRequest } from './test-platform/upstream.ts';

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
    case 'deep':
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
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

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform(misbehave, { PATCHBAY_CALL_TIMEOUT_MS: '1000' });
});
afterAll(() => server.stop());

const apis = `${powerApps}/apis`;

/** All that is kept of connectors and flows. */
const everything = () =>
  Promise.all([server.ask('GET', apis), server.ask('GET', server.apiId), server.ask('GET', flows)]);

const getThing = (id: string) =>
  server.ask('POST', `/api/connections/${server.connection}/operations/GetThing/call`, { parameters: { id } });
const works = { status: 200, body: expect.objectContaining({ statusCode: 200, body: { fine: true } }) };

/** Deploys a flow of these actions, runs it once and answers its history. */
async function runOnce(actions: JsonObject): Promise<object> {
  const flow = await server.deploy(flowOf(actions));
  return server.history(flow, await server.run(flow));
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
  expect(await server.ask('POST', apis, { properties })).toEqual(refused);
  expect(await server.ask('PATCH', server.apiId, { properties })).toEqual(refused);
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
  const answer = await server.ask('POST', '/api/connectors/import', { definition });
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
  expect(await server.ask('POST', '/providers/Microsoft.PowerApps/objectIds/me/validateApiSwagger', { a: 1 })).toEqual({
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
  ['a connector', apis],
  ['a flow', flows],
  ['a change of a connection', `/providers/Microsoft.PowerApps/apis/x/connections/c`],
])('refuses 60 MB for %s, of a length that is told or not', async (_what, path) => {
  const before = await everything();
  const body = Buffer.alloc(60 * 1024 * 1024, 0x20);
  const headers = { authorization: server.authorization, 'content-type': 'application/json' };
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
  const flow = await server.deploy(sayHello);
  const { body: callback } = await server.call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`);
  const { value } = callback as { readonly value: string };
  const path = value.slice(server.origin.length);
  const body = Buffer.alloc(60 * 1024 * 1024, 0x20);
  const { status, body: answered } = await send(server.origin, { method: 'POST', path, body });
  expect({ status, body: answered }).toEqual({
    status: 413,
    body: { error: { code: 'BodyTooLarge', message: tooLarge } },
  });
  expect(await server.ask('GET', `${flows}/${flow}/runs`)).toEqual({ status: 200, body: { value: [] } });
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
  const headers = { authorization: server.authorization, 'content-type': 'application/json' };
  const answer = await send(server.origin, { method: 'POST', path: flows, headers, body });
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 400,
    body: { error: { code: 'InvalidRequest', message: expect.stringContaining(message) } },
  });
});

it('refuses a body of another media type than JSON', async () => {
  const headers = { authorization: server.authorization, 'content-type': 'application/xml' };
  const answer = await send(server.origin, { method: 'POST', path: flows, headers, body: '<flow/>' });
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
  const flow = await server.deploy(flowOf(actions));
  const before = await server.ask('GET', `${flows}/${flow}`);
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
  expect(await server.ask('POST', flows, { properties: { definition } })).toEqual(refused);
  expect(await server.ask('PATCH', `${flows}/${flow}`, { properties: { displayName: 'New', definition } })).toEqual(
    refused,
  );
  expect(await server.ask('GET', `${flows}/${flow}`)).toEqual(before);
  expect(await everything()).toEqual(all);
  expect(await server.history(flow, await server.run(flow))).toEqual({
    status: 'Succeeded',
    actions: { Say: { status: 'Succeeded', code: 'OK' } },
  });
});

it('refuses a flow whose parameters have no value, or one of another type', async () => {
  const definition = {
    ...flowOf({ Say: { type: 'Compose', inputs: "@parameters('count')", runAfter: {} } }),
    parameters: { count: { type: 'Int', allowedValues: [1, 2] } },
  };
  const before = await everything();
  const codes: unknown[] = [];
  for (const parameters of [{}, { count: 'two' }, { count: 3 }]) {
    const { status, body } = await server.ask('POST', flows, { properties: { definition, parameters } });
    const { code, details } = (body as { error: { code: string; details: readonly { code: string }[] } }).error;
    codes.push([status, code, details.map((detail) => detail.code)]);
  }
  expect(codes).toEqual([
    [400, 'InvalidDefinition', ['parameter-missing']],
    [400, 'InvalidDefinition', ['parameter-value-invalid']],
    [400, 'InvalidDefinition', ['parameter-value-invalid']],
  ]);
  expect(await everything()).toEqual(before);
  expect((await server.ask('POST', flows, { properties: { definition, parameters: { count: 2 } } })).status).toBe(201);
});

it('fails the action whose expression has a value of the wrong type, and says which', async () => {
  const history = await runOnce({
    Add: { type: 'Compose', inputs: "@add('three', 4)", runAfter: {} },
    After: { type: 'Compose', inputs: 'not reached', runAfter: { Add: ['Succeeded'] } },
  });
  expect(history).toEqual({
    status: 'Failed',
    error: { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' },
    actions: {
      Add: {
        status: 'Failed',
        code: 'InvalidTemplate',
        error: {
          code: 'InvalidTemplate',
          message:
            "Unable to process template language expressions in action 'Add' inputs at line '0' and column '0': 'The template language function 'add' expects its first parameter to be an integer or a decimal number. The provided value is of type 'String'.'.",
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
  ['hang', 'TimedOut', 504, 'api.test did not answer within 1 s.'],
  ['half', 'TimedOut', 504, 'api.test did not answer within 1 s.'],
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
    'deep',
    'ResponseNotJson',
    502,
    'GetThing: the API answered 200 with JSON that nests deeper than 500 levels, which is more than is read.',
  ],
  [
    'metadata',
    'AddressRefused',
    403,
    "169.254.169.254 is a cloud metadata address, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.",
  ],
];

it.each(misbehaviours)('tells in a run that the API did this: %s', async (kind, code, _status, message) => {
  const history = await runOnce({
    Get: callThings(server.apiId, 'GetThing', { id: kind }),
    Then: { type: 'Compose', inputs: "@actions('Get')['error']['code']", runAfter: { Get: ['Failed', 'TimedOut'] } },
  });
  expect(history).toEqual({
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
    const { status, body } = await server.ask('POST', `/api/connections/${server.connection}/test`, {
      operationId: 'GetThing',
      parameters: { id: kind },
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: expect.objectContaining({ ok: false, error: { code, message, step: expect.any(String) } }),
    });
    expect(body).toMatchObject({ diagnosis: { fix: expect.any(String) } });
  },
);

it.each([
  ['hang', 504, 'TimedOut', 'api.test did not answer within 1 s.'],
  ['reset', 502, 'ConnectionReset', 'api.test closed the connection before it had answered.'],
  ['garbage', 502, 'ProtocolViolated', 'api.test answered with something that is not HTTP.'],
])('tells a caller of the runtime API that the API did this: %s', async (kind, status, code, message) => {
  const path = `${server.runtimePath}/things/${kind}`;
  expect(await server.ask('GET', path)).toEqual({ status, body: { error: { code, message } } });
});

it('hands a redirect of a raw call to the caller and does not follow it', async () => {
  const answer = await server.call('GET', `${server.runtimePath}/things/metadata`);
  expect({ status: answer.status, location: answer.headers.location }).toEqual({
    status: 302,
    location: 'http://169.254.169.254/latest/meta-data/iam',
  });
});

it('breaks off an answer of a raw call that the API broke off, rather than to make it look whole', async () => {
  await expect(server.call('GET', `${server.runtimePath}/things/half`)).rejects.toThrow('aborted');
});

it.each([
  ['http://169.254.169.254/latest/meta-data', '169.254.169.254 is a cloud metadata address'],
  ['http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe is a cloud metadata address'],
  ['http://10.1.2.3/', '10.1.2.3 is a private address'],
])('lets no Http action of a flow reach %s', async (uri, reason) => {
  const message = `${reason}, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.`;
  const history = await runOnce({
    Fetch: { type: 'Http', inputs: { method: 'GET', uri, retryPolicy: { type: 'none' } }, runAfter: {} },
  });
  expect(history).toEqual({
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
  const history = await runOnce({
    Fetch: { type: 'Http', inputs: { method: 'GET', uri, retryPolicy: { type: 'none' } }, runAfter: {} },
  });
  expect(history).toMatchObject({ status: 'Failed', actions: { Fetch: { status: 'Failed', code } } });
});
