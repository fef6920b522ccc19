import {
  type ConnectorModel,
  findOperation,
  type JsonObject,
  type JsonValue,
  readConnector,
} from '@patchbay/definition';
import { expect, it } from 'vitest';
import { applyToRequest, applyToResponse } from './apply-policies.ts';
import { compilePolicies } from './compile-policies.ts';
import { type RequestMessage, toBoundRequest, toRequestMessage } from './message.ts';
import { compilePathValues } from './path-values.ts';
import type { PolicyContext } from './policy.ts';

const baseUrl = 'https://api.test/v1';
const path = '/teams/{team}/items';

type Instance = { readonly templateId: string; readonly [parameter: string]: JsonValue };

/** Policies as `apiProperties.json` writes them; `section` and `operations` by their short names. */
function modelWith(policies: readonly Instance[]): ConnectorModel {
  const instances = policies.map(({ templateId, section, operations, ...parameters }) => ({
    templateId,
    title: '',
    parameters: Object.fromEntries([
      ...Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]),
      ...(section === undefined ? [] : [['x-ms-apimTemplate-policySection', section]]),
      ...(operations === undefined ? [] : [['x-ms-apimTemplate-operationName', operations]]),
    ]) as JsonObject,
  }));
  const definition = {
    swagger: '2.0',
    info: { title: 'Items', version: '1' },
    host: 'api.test',
    basePath: '/v1',
    paths: { [path]: { post: { operationId: 'AddItem', responses: { 200: { description: '' } } } } },
  };
  const { model, findings } = readConnector({
    definition: { name: 'def.json', content: JSON.stringify(definition) },
    properties: { name: 'props.json', content: JSON.stringify({ properties: { policyTemplateInstances: instances } }) },
  });
  // One case is about an operation that there is not.
  const others = findings.filter(({ code }) => code !== 'policy-operation-not-found');
  expect(others.filter(({ code }) => code.startsWith('policy'))).toEqual([]);
  if (model === undefined) throw new Error('not read');
  return model;
}

function policiesOf(policies: readonly Instance[]) {
  const model = modelWith(policies);
  const operation = findOperation(model, 'AddItem');
  if (operation === undefined) throw new Error('no operation');
  return compilePolicies(model, operation) ?? { request: [], response: [], needsRequestBody: false };
}

const connectionParameters = {
  host: 'eu.test',
  api_key: 'k-1',
  full: 'https://eu.test/',
  empty: '',
  'token:tenant': 't1',
};

function contextOf(message: RequestMessage, answer: JsonValue = null): PolicyContext {
  return {
    request: message,
    originalMethod: message.method,
    pathValues: compilePathValues(path)(message.path),
    connectionParameters,
    runtimeUrl: 'https://here.test/apim/items/c1',
    send: async (request) => {
      const { method, url, headers } = toBoundRequest(request, request);
      return { statusCode: 200, headers: {}, body: answer ?? { method, url, headers } };
    },
  };
}

async function sent(
  policies: readonly Instance[],
  given: {
    readonly url?: string;
    readonly headers?: { readonly [name: string]: string };
    readonly body?: JsonValue;
    readonly method?: string;
  },
  answer?: JsonValue,
) {
  const compiled = policiesOf(policies);
  const request = {
    method: given.method ?? 'POST',
    url: given.url ?? `${baseUrl}/teams/a%20b/items?x=1`,
    headers: given.headers ?? {},
    ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
  };
  const message = toRequestMessage(request, baseUrl, compiled.needsRequestBody);
  const policed = await applyToRequest(compiled.request, message, contextOf(message, answer), () => undefined);
  const { method, url, headers, body } = toBoundRequest(policed, message);
  return { method, url, headers, body: body === undefined ? undefined : (JSON.parse(String(body)) as JsonValue) };
}

const unchanged = { method: 'POST', url: `${baseUrl}/teams/a%20b/items?x=1`, headers: {}, body: undefined };
const header = (more: JsonObject): Instance => ({ templateId: 'setheader', name: 'X-A', value: 'v', ...more });
const query = (more: JsonObject): Instance => ({ templateId: 'setqueryparameter', name: 'x', value: '2', ...more });
const host = (urlTemplate: string): Instance => ({ templateId: 'dynamichosturl', urlTemplate });
const route = (newPath: string, httpMethod = '@Request.OriginalHTTPMethod'): Instance => ({
  templateId: 'routerequesttoendpoint',
  newPath,
  httpMethod,
});

it.each<[string, Instance, Parameters<typeof sent>[1], Partial<Awaited<ReturnType<typeof sent>>>]>([
  ['sets a header', header({}), {}, { headers: { 'x-a': 'v' } }],
  [
    'overrides a header',
    header({ existsAction: 'override' }),
    { headers: { 'x-a': 'o' } },
    { headers: { 'x-a': 'v' } },
  ],
  [
    'skips a header that is there',
    header({ existsAction: 'skip' }),
    { headers: { 'x-a': 'o' } },
    { headers: { 'x-a': 'o' } },
  ],
  ['sets a header that may be skipped', header({ existsAction: 'skip' }), {}, { headers: { 'x-a': 'v' } }],
  [
    'appends to a header',
    header({ existsAction: 'append' }),
    { headers: { 'x-a': 'o' } },
    { headers: { 'x-a': 'o,v' } },
  ],
  [
    'makes a header of a secret of the connection',
    header({ name: 'Authorization', value: "Bearer @connectionParameters('api_key')" }),
    { headers: { authorization: 'k-1' } },
    { headers: { authorization: 'Bearer k-1' } },
  ],
  [
    'makes a header of what the credential put there',
    header({ name: 'Authorization', value: "DeepL-Auth-Key @headers('Authorization')" }),
    { headers: { authorization: 'k-1' } },
    { headers: { authorization: 'DeepL-Auth-Key k-1' } },
  ],
  ['uses a default', header({ value: "@headers('none','d')" }), {}, { headers: { 'x-a': 'd' } }],
  [
    'sets an empty header for what is not there',
    header({ value: "@connectionParameters('empty','')" }),
    {},
    { headers: { 'x-a': '' } },
  ],
  ['passes over a name that no header has', header({ name: '[[Dummy]]' }), {}, { headers: {} }],
  ['leaves the transport its headers', header({ name: 'Host' }), {}, { headers: {} }],
  ['acts on its operations only', header({ operations: ['Other'] }), {}, { headers: {} }],
  ['acts on the operations it names', header({ operations: ['AddItem'] }), {}, { headers: { 'x-a': 'v' } }],
  [
    'sets a query parameter',
    query({ name: 'y', value: 'a b' }),
    {},
    { url: `${baseUrl}/teams/a%20b/items?x=1&y=a%20b` },
  ],
  ['overrides a query parameter', query({}), {}, { url: `${baseUrl}/teams/a%20b/items?x=2` }],
  ['skips a query parameter', query({ existsAction: 'skip' }), {}, { url: unchanged.url }],
  ['appends a query parameter', query({ existsAction: 'append' }), {}, { url: `${baseUrl}/teams/a%20b/items?x=1&x=2` }],
  ['knows a name that is encoded', query({ name: '%24top' }), {}, { url: `${baseUrl}/teams/a%20b/items?x=1&%24top=2` }],
  [
    'puts texts together',
    query({ value: "@queryParameters('x')@connectionParameters('host')" }),
    {},
    { url: `${baseUrl}/teams/a%20b/items?x=1eu.test` },
  ],
  [
    'sends to a host of the connection',
    host("https://@connectionParameters('host')"),
    {},
    { url: 'https://eu.test/teams/a%20b/items?x=1' },
  ],
  [
    'takes the path of the template',
    host("https://@connectionParameters('host')/rest/"),
    {},
    { url: 'https://eu.test/rest/teams/a%20b/items?x=1' },
  ],
  [
    'forgives a scheme twice',
    host("https://@connectionParameters('full')"),
    {},
    { url: 'https://eu.test/teams/a%20b/items?x=1' },
  ],
  [
    'adds a scheme that is missing',
    host("@connectionParameters('host')"),
    {},
    { url: 'https://eu.test/teams/a%20b/items?x=1' },
  ],
  [
    'takes a default host',
    host("@connectionParameters('none', 'https://d.test/v2')"),
    {},
    { url: 'https://d.test/v2/teams/a%20b/items?x=1' },
  ],
  [
    'takes the host from a header',
    host("https://@header('h').test"),
    { headers: { h: 'q' } },
    { url: 'https://q.test/teams/a%20b/items?x=1', headers: { h: 'q' } },
  ],
  ['routes to another path', route('/all'), {}, { url: `${baseUrl}/all?x=1` }],
  ['routes to a path without its slash', route('all'), {}, { url: `${baseUrl}/all?x=1` }],
  ['routes with path parameters', route('/t/{team}/list'), {}, { url: `${baseUrl}/t/a%20b/list?x=1` }],
  ['routes with a query of its own', route('/all?x=9&y=1'), {}, { url: `${baseUrl}/all?x=9&y=1` }],
  ['routes by another method', route('/all', 'GET'), {}, { method: 'GET', url: `${baseUrl}/all?x=1` }],
])('%s', async (_, policy, given, expected) => {
  expect(await sent([policy], given)).toEqual({ ...unchanged, ...expected });
});

it('gives a header or a query parameter the value that the API gives elsewhere', async () => {
  const policy = (target: string): Instance => ({
    templateId: 'setvaluefromurl',
    parameterTemplate: target,
    parameterValueUrl: '/teams/{team}?fields=tag',
    parameterValuePathTemplate: "@body()['@odata.etag']",
    httpMethod: 'GET',
  });
  const answer = { '@odata.etag': 'W/"1"' };
  expect((await sent([policy("@headers('If-Match')")], {}, answer)).headers).toEqual({ 'if-match': 'W/"1"' });
  expect((await sent([policy("@queryParameters('x')")], {}, answer)).url).toBe(
    `${baseUrl}/teams/a%20b/items?x=W%2F%221%22`,
  );
});

it.each([
  [
    'a host that the connection does not have',
    host("https://@connectionParameters('none')"),
    'policy-failed: The policy "Set host URL": The address of the API needs connectionParameters(\'none\'), and there is none.',
  ],
  [
    'a host that is none',
    host('https://a b'),
    'policy-failed: The policy "Set host URL": The address that the connection gives for the API, "https://a b", is not one: write https://host/path.',
  ],
  [
    'a path outside the base',
    route("/../@queryParameters('x')"),
    'path-escapes: The policy "Route request": The policy leads to /../1, outside the connector\'s base path.',
  ],
])('refuses %s', async (_, policy, expected) => {
  const failure = await sent([policy], {}).catch((error: { readonly code: string; readonly message: string }) => error);
  expect(`${(failure as { readonly code: string }).code}: ${(failure as { readonly message: string }).message}`).toBe(
    expected,
  );
});

const property = (parent: string, sub: string, value: string): Instance => ({
  templateId: 'setproperty',
  newPropertyParentPathTemplate: parent,
  newPropertySubPathTemplate: sub,
  propertyValuePathTemplate: value,
});
const place = (parent: string, sub: string, to: string) => ({
  propertyParentPath: parent,
  propertySubPath: sub,
  newPropertyPath: to,
});
const task = { refs: [{ link: 'a.b' }, { link: 'c.d' }] };

it.each<[string, Instance, JsonValue, JsonValue]>([
  ['sets a property', property('@body()', 'a', 'x'), { b: 1 }, { b: 1, a: 'x' }],
  [
    'sets a property by a mix',
    property('@body()', 'name', '{@body().first} {@body().last}'),
    { first: 'John', last: 'Smith' },
    { first: 'John', last: 'Smith', name: 'John Smith' },
  ],
  ['sets numbers as text', property('@body()', 'age', '@body().years'), { years: 30 }, { years: 30, age: '30' }],
  ['wraps an object in a list', property('@body()', 'p', '[{@body().p}]'), { p: { a: 1 } }, { p: [{ a: 1 }] }],
  ['wraps a text in a list', property('body()', 'p', '[{@body().p}]'), { p: 'x' }, { p: ['x'] }],
  [
    'sets a property of a name with a dot',
    property('@body()', "['@odata.id']", "https://g/{@body()['@odata.id']}"),
    { '@odata.id': '7' },
    { '@odata.id': 'https://g/7' },
  ],
  [
    'sets a property of each element',
    property('@body().refs', 'kind', 'r-@item().link'),
    task,
    {
      refs: [
        { link: 'a.b', kind: 'r-a.b' },
        { link: 'c.d', kind: 'r-c.d' },
      ],
    },
  ],
  ['leaves what has no such parent', property('@body().none', 'a', 'x'), { b: 1 }, { b: 1 }],
  [
    'takes names of prototypes for names',
    property('@body()', '__proto__', 'x'),
    {},
    JSON.parse('{"__proto__": "x"}') as JsonValue,
  ],
  [
    'replaces a text in each element',
    {
      templateId: 'stringreplace',
      ...place('@body().refs', 'link', '@item().link'),
      sourceString: '.',
      replacementString: '%2E',
    },
    task,
    { refs: [{ link: 'a%2Eb' }, { link: 'c%2Ed' }] },
  ],
  [
    'replaces a text elsewhere',
    {
      templateId: 'stringreplace',
      ...place('@body()', 'url', '@body().id'),
      sourceString: 'https://x/',
      replacementString: '',
    },
    { url: 'https://x/7' },
    { url: 'https://x/7', id: '7' },
  ],
  [
    'encodes a text in each element',
    { templateId: 'encodepropertyvalue', ...place('@body().refs', 'link', '@item().link') },
    { refs: [{ link: 'a b/c' }] },
    { refs: [{ link: 'a%20b%2Fc' }] },
  ],
  [
    'makes an array of an object',
    { templateId: 'convertobjecttoarray', ...place('@body()', 'm', '@body().list'), keyName: 'id', valueName: 'v' },
    { m: { a: 1, b: 2 } },
    {
      m: { a: 1, b: 2 },
      list: [
        { id: 'a', v: 1 },
        { id: 'b', v: 2 },
      ],
    },
  ],
  [
    'makes an array of the whole body',
    { templateId: 'convertobjecttoarray', ...place('@body()', 'null', '@body().zones') },
    { a: 1 },
    { a: 1, zones: [{ key: 'a', value: 1 }] },
  ],
  [
    'makes arrays of objects in each element',
    { templateId: 'convertobjecttoarray', ...place('@body().value', 'm', '@item()._m'), keyName: 'u' },
    { value: [{ m: { a: 1 } }, {}] },
    { value: [{ m: { a: 1 }, _m: [{ u: 'a', value: 1 }] }, {}] },
  ],
  [
    'makes an object of an array',
    {
      templateId: 'convertarraytoobject',
      ...place('@body()', 'refs', '@body().refs'),
      keyWithinCollectionPath: 'link',
      retainKey: 'false',
    },
    { refs: [{ link: 'a', n: 1 }] },
    { refs: { a: { n: 1 } } },
  ],
  [
    'keeps the key in the object',
    { templateId: 'convertarraytoobject', ...place('@body()', 'refs', '@body().by'), keyWithinCollectionPath: 'link' },
    { refs: [{ link: 'a' }, { none: 1 }] },
    { refs: [{ link: 'a' }, { none: 1 }], by: { a: { link: 'a' } } },
  ],
  [
    'splits a text into objects',
    {
      templateId: 'stringtoarray',
      ...place('@body()', 'who', '@body().who'),
      delimiterList: ';,',
      childPropertyName: 'id',
    },
    { who: 'a; b,c;' },
    { who: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] },
  ],
  [
    'moves what a property holds',
    {
      templateId: 'moveproperties',
      srcParentPath: '@body()',
      srcSubPath: 'more',
      dstParentPath: '@body()',
      dstSubPath: 'null',
      copyOnlySubProperties: 'true',
    },
    { a: 1, more: { b: 2 } },
    { a: 1, b: 2 },
  ],
  [
    'moves a property',
    {
      templateId: 'moveproperties',
      srcParentPath: '@body()',
      srcSubPath: 'b',
      dstParentPath: '@body()',
      dstSubPath: 'in',
      copyOnlySubProperties: 'false',
    },
    { b: 2 },
    { in: { b: 2 } },
  ],
])('%s, in a request and in an answer', async (_, policy, before, after) => {
  expect((await sent([{ ...policy, section: 'Request' }], { body: before })).body).toEqual(after);
  const { response } = policiesOf([{ ...policy, section: 'Response' }]);
  const message = toRequestMessage({ method: 'GET', url: `${baseUrl}/teams/a/items`, headers: {} }, baseUrl, false);
  const answer = applyToResponse(
    response,
    { statusCode: 200, headers: {}, body: before },
    contextOf(message),
    () => undefined,
  );
  expect(answer).toEqual({ statusCode: 200, headers: {}, body: after });
});

function answered(
  policies: readonly Instance[],
  statusCode: number,
  body: JsonValue,
  more: Partial<PolicyContext> = {},
) {
  const message = toRequestMessage({ method: 'GET', url: `${baseUrl}/teams/a/items`, headers: {} }, baseUrl, false);
  const context = { ...contextOf(message), ...more };
  return applyToResponse(policiesOf(policies).response, { statusCode, headers: {}, body }, context, () => undefined);
}

it('leads the link to the next page through the connection', () => {
  const policy = { templateId: 'updatenextlink', nextLinkPropertyName: '@odata.nextLink' };
  expect(answered([policy], 200, { '@odata.nextLink': `${baseUrl}/teams/a/items?skip=2` }).body).toEqual({
    '@odata.nextLink': 'https://here.test/apim/items/c1/teams/a/items?skip=2',
  });
  expect(answered([policy], 200, { '@odata.nextLink': 'https://other.test/x?y' }).body).toEqual({
    '@odata.nextLink': 'https://here.test/apim/items/c1/x?y',
  });
  expect(answered([policy], 200, { value: [] }).body).toEqual({ value: [] });
});

it('tells of a refused credential, by its status only', () => {
  const policy = { templateId: 'setconnectionstatustounauthenticated', statusCode: 401 };
  const told: number[] = [];
  for (const status of [200, 401, 403])
    answered([policy], status, null, { onUnauthenticated: () => told.push(status) });
  expect(told).toEqual([401]);
});

it('sets headers of answers, and of failures only where that is meant', () => {
  expect(answered([header({ section: 'Response' })], 200, null).headers).toEqual({ 'x-a': 'v' });
  expect(answered([header({ section: 'Failure' })], 200, null).headers).toEqual({});
  expect(answered([header({ section: 'Failure' })], 500, null).headers).toEqual({ 'x-a': 'v' });
});

it('acts in the order of the list', async () => {
  const policies = [
    {
      templateId: 'stringtoarray',
      ...place('@body()', 'who', '@body().who'),
      delimiterList: ';',
      childPropertyName: 'id',
    },
    { templateId: 'encodepropertyvalue', ...place('@body().who', 'id', '@item().id') },
    property('@body().who', 'kind', 'person'),
    {
      templateId: 'convertarraytoobject',
      ...place('@body()', 'who', '@body().who'),
      keyWithinCollectionPath: 'id',
      retainKey: 'false',
    },
  ].map((policy) => ({ ...policy, section: 'Request' }));
  expect((await sent(policies, { body: { who: 'a b;c' } })).body).toEqual({
    who: { 'a%20b': { kind: 'person' }, c: { kind: 'person' } },
  });
});
