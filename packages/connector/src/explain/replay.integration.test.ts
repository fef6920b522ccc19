import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credential } from '@patchbay/credential';
import { type JsonObject, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import type { CallOptions, Connector, ExplainOptions } from '../contract.ts';

type Seen = { readonly method: string; readonly url: string; readonly key: string; readonly body: string };

const seen: Seen[] = [];
const api = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, key: String(headers['x-key']), body: Buffer.concat(chunks).toString() });
    const isRefused = headers['x-key'] !== 'sesame';
    response.writeHead(isRefused ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isRefused ? { error: { message: 'Wrong key.' } } : { id: 1, name: 'Ada' }));
  });
});
const egress = createEgress();
const credential: Credential = { kind: 'apiKey', in: 'header', name: 'X-Key', value: 'sesame' };
let origin = '';

beforeAll(async () => {
  await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await egress.close();
  api.closeAllConnections();
  await new Promise((closed) => api.close(closed));
});

beforeEach(() => {
  seen.length = 0;
});

const policies = [
  {
    templateId: 'setheader',
    title: 'Say who',
    parameters: {
      'x-ms-apimTemplateParameter.name': 'x-who',
      'x-ms-apimTemplateParameter.value': 'us',
      'x-ms-apimTemplateParameter.existsAction': 'override',
      'x-ms-apimTemplate-policySection': 'Request',
    },
  },
  ...['first', 'second'].map((name) => ({
    templateId: 'setproperty',
    title: 'Add',
    parameters: {
      'x-ms-apimTemplateParameter.newPropertyParentPathTemplate': '@body()',
      'x-ms-apimTemplateParameter.newPropertySubPathTemplate': name,
      'x-ms-apimTemplateParameter.propertyValuePathTemplate': "@body()?['name']",
      'x-ms-apimTemplate-policySection': 'Response',
    },
  })),
];

function connector(instances: readonly object[] = policies): Connector {
  const document = {
    swagger: '2.0',
    info: { title: 'Test', version: '1' },
    host: 'api.test',
    basePath: '/v1',
    paths: {
      '/people/{id}': {
        get: {
          operationId: 'Get',
          parameters: [
            { name: 'id', in: 'path', required: true, type: 'string' },
            { name: 'q', in: 'query', type: 'string' },
          ],
          responses: { 200: { description: '' } },
        },
      },
      '/people': {
        post: {
          operationId: 'Add',
          parameters: [{ name: 'body', in: 'body', schema: { type: 'object' } }],
          responses: { 200: { description: '' } },
        },
      },
    },
  };
  const { model } = readConnector({
    definition: { name: 'd', content: JSON.stringify(document) },
    properties: { name: 'p', content: JSON.stringify({ properties: { policyTemplateInstances: instances } }) },
  });
  if (model === undefined) throw new Error('no model');
  return compile(model, { baseUrl: `${origin}/v1` });
}

const options = (): CallOptions => ({ credential, egress, networkRules: { allow: ['loopback'] } });

function explain(more: Pick<ExplainOptions, 'send' | 'replay'> & Partial<ExplainOptions>, parameters = { id: '1' }) {
  return connector()
    .operation('Get')
    .explain(parameters, { ...options(), ...more });
}

it('goes on from an edited step with what follows made anew', async () => {
  const value = () => ({ method: 'get', url: `${origin}/v1/people/2?q=x`, headers: { Accept: 'text/plain' } });
  const { trace, sent } = await explain({ send: false, replay: { from: 'bind', value: value() } });
  expect(trace.map(({ id, edited }) => [id, edited])).toEqual([
    ['bind', true],
    ['authenticate', undefined],
    ['policy Say who', undefined],
  ]);
  expect(sent).toEqual({
    method: 'GET',
    url: `${origin}/v1/people/2?q=x`,
    headers: { accept: 'text/plain', 'x-key': '***', 'x-who': 'us' },
  });
  expect(seen).toEqual([]);
});

it('sends what was edited, with the secrets that were shown as stars back in their places', async () => {
  const before = await explain({ send: false });
  const shown = before.trace[2]?.after as JsonObject;
  expect(shown).toMatchObject({ headers: { 'x-key': '***' } });
  const value = { ...shown, url: `${origin}/v1/people/1?q=y` };
  const { result, trace } = await explain({ send: true, replay: { from: 'policy Say who', value } });
  expect(seen).toEqual([{ method: 'GET', url: '/v1/people/1?q=y', key: 'sesame', body: '' }]);
  expect(result?.body).toEqual({ id: 1, name: 'Ada', first: 'Ada', second: 'Ada' });
  expect(trace.map(({ id }) => id)).toEqual([
    'bind',
    'authenticate',
    'policy Say who',
    'transport',
    'result',
    'policy Add',
    'policy Add #2',
  ]);
  expect(JSON.stringify(trace)).not.toContain('sesame');
});

it.each<[string, { readonly url?: string; readonly method?: string }]>([
  ['elsewhere', { url: 'http://other.test/v1/people/1' }],
  ['above the connector', { url: 'ORIGIN/v1/people/1/../../admin' }],
  ['to a path that is no operation', { url: 'ORIGIN/v1/admin' }],
  ['with a method that is no operation', { method: 'DELETE' }],
  ['beside the host', { url: 'ORIGIN@other.test/v1/people/1' }],
])('lets no edit take the credential %s', async (_where, change) => {
  const url = (change.url ?? 'ORIGIN/v1/people/1').replace('ORIGIN', origin);
  const value = { method: change.method ?? 'GET', url, headers: { 'x-key': '***' } };
  const replayed = explain({ send: true, replay: { from: 'authenticate', value } });
  await expect(replayed).rejects.toMatchObject({
    code: 'replay-invalid',
    message: expect.stringContaining('credential'),
  });
  expect(seen).toEqual([]);
});

it('takes an edit to another operation of the connector', async () => {
  const value = { method: 'POST', url: `${origin}/v1/people`, headers: { 'x-key': '***' }, body: { name: 'Grace' } };
  await explain({ send: true, replay: { from: 'authenticate', value } });
  expect(seen).toEqual([{ method: 'POST', url: '/v1/people', key: 'sesame', body: '{"name":"Grace"}' }]);
});

it('sends stars that stand where no secret stood as they are', async () => {
  const value = {
    method: 'POST',
    url: `${origin}/v1/people?key=***`,
    headers: { 'x-key': '***' },
    body: '{"name":"***"}',
  };
  await explain({ send: true, replay: { from: 'authenticate', value } });
  expect(seen).toEqual([{ method: 'POST', url: '/v1/people?key=***', key: 'sesame', body: '{"name":"***"}' }]);
});

it('refuses an edit around a secret, and keeps it in the query and in JSON text where it stood', async () => {
  const inQuery: Credential = { kind: 'apiKey', in: 'query', name: 'key', value: 'se same' };
  const get = connector([]).operation('Get');
  const replay = (url: string) => ({ from: 'authenticate', value: { method: 'GET', url: `${origin}${url}` } });
  const send = { ...options(), credential: inQuery, send: true };
  await get.explain({ id: '1' }, { ...send, replay: replay('/v1/people/1?q=1&key=***') });
  expect(seen.map(({ url }) => url)).toEqual(['/v1/people/1?q=1&key=se%20same']);
  await expect(
    get.explain({ id: '1' }, { ...send, replay: replay('/v1/people/1?key=x***') }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ConnectorError: "key=x***" changes what stands around a secret (***). Leave it as it was shown, or write another value in its place.]`,
  );
});

it('makes of an edited answer what the policies make of it, and sends nothing', async () => {
  const answer = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"name":"Bo"}' };
  const fromTransport = await explain({ send: true, replay: { from: 'transport', value: answer } });
  expect(fromTransport.result?.body).toEqual({ name: 'Bo', first: 'Bo', second: 'Bo' });
  const fromResult = await explain({
    send: false,
    replay: { from: 'result', value: { statusCode: 200, body: { name: 'Cy' } } },
  });
  expect(fromResult.result?.body).toEqual({ name: 'Cy', first: 'Cy', second: 'Cy' });
  const fromPolicy = await explain({
    send: false,
    replay: { from: 'policy Add', value: { statusCode: 200, body: { name: 'Di' } } },
  });
  expect(fromPolicy.result?.body).toEqual({ name: 'Di', second: 'Di' });
  const fromLast = await explain({ send: false, replay: { from: 'policy Add #2', value: { statusCode: 204 } } });
  expect(fromLast.result).toEqual({ statusCode: 204, headers: {}, body: null });
  expect(seen).toEqual([]);
});

it('puts a value in the place of a policy that asks the API, without asking it', async () => {
  const asking = {
    templateId: 'setvaluefromurl',
    title: 'Ask for the tenant',
    parameters: {
      'x-ms-apimTemplateParameter.parameterTemplate': "@headers('x-tenant')",
      'x-ms-apimTemplateParameter.parameterValueUrl': '/people/1',
      'x-ms-apimTemplateParameter.parameterValuePathTemplate': "@body()['id']",
      'x-ms-apimTemplateParameter.httpMethod': 'GET',
      'x-ms-apimTemplate-policySection': 'Request',
    },
  };
  const get = connector([asking]).operation('Get');
  const unsent = { ...options(), send: false };
  const asked = await get.explain({ id: '1' }, unsent);
  expect(asked.error).toMatchObject({ code: 'policy-failed', step: 'policy', policy: 'Ask for the tenant' });
  const value = { method: 'GET', url: `${origin}/v1/people/1`, headers: { 'x-key': '***', 'x-tenant': 't1' } };
  const { sent } = await get.explain({ id: '1' }, { ...unsent, replay: { from: 'policy Ask for the tenant', value } });
  expect(sent?.headers).toEqual({ 'x-key': '***', 'x-tenant': 't1' });
  expect(seen).toEqual([]);
});

it('lets an edited call say nothing about the connection', async () => {
  const told: string[] = [];
  const watched = {
    renewCredential: async () => {
      told.push('renewed');
      return credential;
    },
    onUnauthenticated: () => void told.push('unauthenticated'),
  };
  const status = {
    templateId: 'setconnectionstatustounauthenticated',
    title: 'Lost',
    parameters: { 'x-ms-apimTemplate-policySection': 'Response' },
  };
  const get = connector([status]).operation('Get');
  const value = { method: 'GET', url: `${origin}/v1/people/1`, headers: { 'x-key': 'wrong' } };
  const edited = await get.explain(
    { id: '1' },
    { ...options(), ...watched, send: true, replay: { from: 'authenticate', value } },
  );
  expect(edited.result?.statusCode).toBe(401);
  const refused = { statusCode: 401, body: null };
  await get.explain({ id: '1' }, { ...options(), ...watched, send: false, replay: { from: 'result', value: refused } });
  expect(told).toEqual([]);
  await get.explain({ id: '1' }, { ...options(), ...watched, credential: { ...credential, value: 'old' }, send: true });
  expect(told).toEqual(['renewed']);
});

it.each([
  ['bnd', {}, 'The call has no step "bnd" to go on from. Did you mean bind?'],
  [
    'policy Add #3',
    {},
    'The call has no step "policy Add #3" to go on from. Did you mean policy Add #2 or policy Add?',
  ],
  ['bind', 'text', 'The value has to be a request: {"method", "url", "headers"?, "body"?}.'],
  ['bind', { method: 'GET' }, 'The value has to be a request, with "method" and "url" as text.'],
  ['bind', { method: 'GET', url: 'u', headers: { a: 1 } }, 'The header a of the value has to be text.'],
  ['result', { statusCode: 42 }, 'The value has to be an answer, with "statusCode" from 200 to 599.'],
])('says what is wrong with a replay from %s with %j', async (from, value, message) => {
  const replayed = explain({ send: false, replay: { from, value } });
  await expect(replayed).rejects.toMatchObject({ code: 'replay-invalid', message });
});

it('says where a call went wrong, what the API said of it and what is likely to help', async () => {
  const wrong = await connector()
    .operation('Get')
    .explain({ id: '1' }, { ...options(), credential: { ...credential, value: 'old' }, send: true });
  expect(wrong.diagnosis).toEqual({
    step: 'transport',
    said: 'Wrong key.',
    fix: "The API does not take the connection's credential: enter it again or sign in again, and compare its place (header, query) with the API's documentation.",
  });
  const kept = await connector()
    .operation('Get')
    .explain({ id: '1' }, { ...options(), networkRules: { allow: [] }, send: true });
  expect(kept).toMatchObject({
    error: { code: 'address-refused', step: 'transport' },
    diagnosis: { step: 'transport', fix: expect.stringContaining('network rules') },
  });
});
