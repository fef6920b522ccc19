import { findOperation, type JsonObject, type JsonValue, readConnector } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { applyToRequest, applyToResponse } from './apply-policies.ts';
import { compilePolicies } from './compile-policies.ts';
import { type RequestMessage, toBoundRequest, toRequestMessage } from './message.ts';
import { compilePathValues } from './path-values.ts';
import type { PolicyContext } from './policy.ts';

/*
 * Policies in the spellings that published connectors use, each with the whole message before and after. A message is written as it
 * would go over the wire, but for the body, which is the JSON value.
 */

type Message = { readonly head: string; readonly body?: JsonValue };

const baseUrl = 'https://api.test/v1';
const path = '/teams/{team}/items/{item}';

const connectionParameters: JsonObject = {
  api_key: 'k-1',
  apiKey: 'k-2',
  username: 'ann',
  password: 'p w',
  site: 'https://shop.test',
  region: 'eu',
  hostUrl: 'acme.test',
  environment: 'https://acme.crm.test/',
  'token:environment': '-eu.acme.test',
  'token:tenantId': 't-1',
  'token:customHost': '.eu',
  port: '8443',
};

function policiesOf(instances: readonly JsonObject[]) {
  const definition = {
    swagger: '2.0',
    info: { title: 'Items', version: '1' },
    host: 'api.test',
    basePath: '/v1',
    paths: { [path]: { post: { operationId: 'AddItem', responses: { 200: { description: '' } } } } },
  };
  const { model, findings } = readConnector({
    definition: { name: 'd', content: JSON.stringify(definition) },
    properties: { name: 'p', content: JSON.stringify({ properties: { policyTemplateInstances: instances } }) },
  });
  expect(findings.filter(({ code }) => code.startsWith('policy'))).toEqual([]);
  const operation = model && findOperation(model, 'AddItem');
  if (model === undefined || operation === undefined) throw new Error('not read');
  return compilePolicies(model, operation) ?? { request: [], response: [], needsRequestBody: false };
}

function read({ head, body }: Message) {
  const [first = '', ...fields] = head.split('\n');
  const [start = '', url = ''] = first.split(' ');
  const headers = Object.fromEntries(fields.map((field) => field.split(/: ?(.*)/s, 2)) as [string, string][]);
  return { start, url, headers, ...(body !== undefined && { body }) };
}

function write(first: string, headers: { readonly [name: string]: string }, body: JsonValue | undefined): Message {
  const head = [first, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\n');
  return { head, ...(body !== undefined && { body }) };
}

/** What other calls of the connection answer. */
const elsewhere: JsonObject = { access_token: 't-9', '@odata.etag': 'W/"7"', deep: { list: [{ id: 4 }] } };

function contextOf(message: RequestMessage): PolicyContext {
  return {
    request: message,
    originalMethod: message.method,
    pathValues: compilePathValues(path)(message.path),
    connectionParameters,
    runtimeUrl: 'https://here.test/apim/items/c1',
    send: async () => ({ statusCode: 200, headers: {}, body: elsewhere }),
  };
}

async function requestAfter(instances: readonly JsonObject[], before: Message): Promise<Message> {
  const compiled = policiesOf(instances);
  const { start, url, headers, body } = read(before);
  const given = { method: start, url, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const message = toRequestMessage(given, baseUrl, compiled.needsRequestBody);
  const sent = toBoundRequest(
    await applyToRequest(compiled.request, message, contextOf(message), () => undefined),
    message,
  );
  const content = sent.body === undefined ? undefined : (JSON.parse(String(sent.body)) as JsonValue);
  return write(`${sent.method} ${sent.url}`, sent.headers, content);
}

function answerAfter(instances: readonly JsonObject[], before: Message): Message {
  const { start, headers, body = null } = read(before);
  const message = toRequestMessage({ method: 'POST', url: `${baseUrl}/teams/a/items/1`, headers: {} }, baseUrl, false);
  const answer = applyToResponse(
    policiesOf(instances).response,
    { statusCode: Number(start), headers, body },
    contextOf(message),
    () => undefined,
  );
  return write(String(answer.statusCode), answer.headers, answer.body);
}

/** An instance as `apiProperties.json` has it. */
function published(templateId: string, parameters: JsonObject, section?: string): JsonObject {
  return {
    templateId,
    title: `A ${templateId}`,
    parameters: {
      ...Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]),
      ),
      ...(section !== undefined && { 'x-ms-apimTemplate-policySection': section }),
    },
  };
}

const start = 'POST https://api.test/v1/teams/a%20b/items/7?q=one&%24top=5';
const plain: Message = { head: start };
const to = (url: string): Message => ({ head: `POST ${url}` });

it.each<[string, JsonObject, Message, Message]>([
  [
    'setHeader with its capital and no action',
    published('setHeader', { name: 'Accept', value: 'application/json' }, 'Request'),
    { head: `${start}\naccept: */*` },
    { head: `${start}\naccept: application/json` },
  ],
  [
    'SETHEADER in capitals in the section REQUEST',
    published('SETHEADER', { name: 'user-agent', value: 'Flow Client', existsAction: 'Override' }, 'REQUEST'),
    plain,
    { head: `${start}\nuser-agent: Flow Client` },
  ],
  [
    'setheader in a section by its old name',
    published('setheader', { name: 'x-one', value: '1', existsAction: 'override' }, 'Inbound'),
    plain,
    { head: `${start}\nx-one: 1` },
  ],
  [
    'setheader of a blank default after a comma',
    published('setheader', { name: 'X-Secret-Key', value: "@connectionParameters('secretKey', '')" }, 'Request'),
    plain,
    { head: `${start}\nx-secret-key: ` },
  ],
  [
    'setheader of two parameters with a mark between',
    published('setheader', {
      name: 'X-API-KEY',
      value: "@connectionParameters('api_key','');@connectionParameters('site','')",
    }),
    plain,
    { head: `${start}\nx-api-key: k-1;https://shop.test` },
  ],
  [
    'setheader of a parameter of the token',
    published('setheader', { name: 'X-Tenant', value: "@connectionParameters('token:tenantId')" }, 'Request'),
    plain,
    { head: `${start}\nx-tenant: t-1` },
  ],
  [
    'setheader of a parameter in another case',
    published('setheader', {
      name: 'X-Key',
      value: "@connectionParameters('APIKEY')/@connectionParameters('API_Key')",
    }),
    plain,
    { head: `${start}\nx-key: k-2/k-1` },
  ],
  [
    'setheader that copies another header when there is none',
    published('setheader', { name: 'Cookie', value: "@headers('x-cookie')", existsAction: 'skip' }, 'Request'),
    { head: `${start}\nx-cookie: s=1` },
    { head: `${start}\nx-cookie: s=1\ncookie: s=1` },
  ],
  [
    'setheader that puts a scheme before the key',
    published('setheader', { name: 'Authorization', value: "Bearer @headers('Authorization')" }, 'Request'),
    { head: `${start}\nauthorization: k-1` },
    { head: `${start}\nauthorization: Bearer k-1` },
  ],
  [
    'setheader that appends to a list',
    published('setheader', { name: 'Prefer', value: 'odata.maxpagesize=50', existsAction: 'append' }, 'Request'),
    { head: `${start}\nprefer: return=minimal` },
    { head: `${start}\nprefer: return=minimal,odata.maxpagesize=50` },
  ],
  [
    'setheader over a body, which stays',
    published('setheader', { name: 'Content-Type', value: 'application/json' }, 'Request'),
    { head: `${start}\ncontent-type: text/json`, body: { a: [1, null, 'x'] } },
    { head: `${start}\ncontent-type: application/json`, body: { a: [1, null, 'x'] } },
  ],
  [
    'setQueryParameter of a name with a dollar',
    published('setQueryParameter', { name: '$filter', value: "kinds/any(c:c eq 'Unified')" }),
    plain,
    to('https://api.test/v1/teams/a%20b/items/7?q=one&%24top=5&%24filter=kinds%2Fany%28c%3Ac%20eq%20%27Unified%27%29'),
  ],
  [
    'setqueryparameter of an encoded name that may be skipped',
    published('setqueryparameter', { name: '%24top', value: '50', existsAction: 'skip' }, 'Request'),
    plain,
    plain,
  ],
  [
    'setqueryparameter of the same where there is none',
    published('setqueryparameter', { name: '%24top', value: '50', existsAction: 'skip' }, 'Request'),
    { head: 'POST https://api.test/v1/teams/a/items/7' },
    to('https://api.test/v1/teams/a/items/7?%24top=50'),
  ],
  [
    'setqueryparameter of JSON around what the caller gave',
    published('setqueryparameter', { name: 'q', value: `[{"lhs":"sender","rhs":"@queryParameters('q')"}]` }),
    plain,
    to(
      'https://api.test/v1/teams/a%20b/items/7?%24top=5&q=%5B%7B%22lhs%22%3A%22sender%22%2C%22rhs%22%3A%22one%22%7D%5D',
    ),
  ],
  [
    'setqueryparameter of a user and',
    published('setqueryparameter', { name: 'api_password', value: "@connectionParameters('password')" }, 'Request'),
    plain,
    to('https://api.test/v1/teams/a%20b/items/7?q=one&%24top=5&api_password=p%20w'),
  ],
  [
    'dynamichosturl with text before and after',
    published('dynamichosturl', { urlTemplate: "https://api.@connectionParameters('region').acme.test" }),
    plain,
    to('https://api.eu.acme.test/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamicHostUrl with its capitals and a whole address',
    published('dynamicHostUrl', { urlTemplate: "@connectionParameters('site')" }),
    plain,
    to('https://shop.test/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamichosturl with a path after a whole address',
    published('dynamichosturl', { urlTemplate: "@connectionParameters('site')/wp-json/orders/v1" }),
    plain,
    to('https://shop.test/wp-json/orders/v1/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamichosturl with a parameter glued to text, and a slash at the end',
    published('dynamichosturl', { urlTemplate: "https://api@connectionParameters('token:environment')/v2/" }),
    plain,
    to('https://api-eu.acme.test/v2/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamichosturl with a suffix of the host',
    published('dynamichosturl', { urlTemplate: "https://mail@connectionParameters('token:customHost').test" }),
    plain,
    to('https://mail.eu.test/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamichosturl of an address that ends in a slash',
    published('dynamichosturl', { urlTemplate: "@connectionParameters('environment')" }),
    plain,
    to('https://acme.crm.test/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamichosturl with a port',
    published('dynamichosturl', {
      urlTemplate: "http://@connectionParameters('hostUrl'):@connectionParameters('port')",
    }),
    plain,
    to('http://acme.test:8443/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamichosturl from the query, which stays',
    published('dynamichosturl', { urlTemplate: "https://@queryParameters('q').acme.test/x" }),
    plain,
    to('https://one.acme.test/x/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamichosturl that is literal',
    published('dynamichosturl', { urlTemplate: 'https://uploads.acme.test/v3' }, 'Request'),
    plain,
    to('https://uploads.acme.test/v3/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'dynamicsubdomain with a base path',
    published('dynamicsubdomain', { urlTemplate: "https://@connectionParameters('region').acme.test/api/" }),
    plain,
    to('https://eu.acme.test/api/teams/a%20b/items/7?q=one&%24top=5'),
  ],
  [
    'routerequesttoendpoint with a path parameter',
    published('routerequesttoendpoint', { httpMethod: '@Request.OriginalHTTPMethod', newPath: '/{item}/feed' }),
    plain,
    to('https://api.test/v1/7/feed?q=one&%24top=5'),
  ],
  [
    'routerequesttoendpoint with a parameter of the token, without a method',
    published('routerequesttoendpoint', { newPath: "/hooks/@connectionParameters('token:tenantId')/{team}/Created" }),
    plain,
    to('https://api.test/v1/hooks/t-1/a%20b/Created?q=one&%24top=5'),
  ],
  [
    'routerequesttoendpoint by DELETE',
    published('routeRequestToEndpoint', { newPath: 'gone/{item}', httpMethod: 'DELETE' }, 'Request'),
    { head: start, body: { a: 1 } },
    { head: 'DELETE https://api.test/v1/gone/7?q=one&%24top=5', body: { a: 1 } },
  ],
  [
    'routerequesttoendpoint with a parameter of the query in the path',
    published('routerequesttoendpoint', {
      newPath: "/users/@connectionParameters('username')/graphs/@queryParameters('q')",
      httpMethod: '@Request.OriginalHTTPMethod',
    }),
    plain,
    to('https://api.test/v1/users/ann/graphs/one?q=one&%24top=5'),
  ],
  [
    'SetValueFromUrl into a header',
    published(
      'SetValueFromUrl',
      {
        parameterTemplate: "@headers('If-Match')",
        parameterValueUrl: '/items/{item}/details',
        parameterValuePathTemplate: "@body()['@odata.etag']",
        httpMethod: 'GET',
      },
      'Request',
    ),
    plain,
    { head: `${start}\nif-match: W/"7"` },
  ],
  [
    'setvaluefromurl into the query, by POST',
    published('setvaluefromurl', {
      parameterTemplate: "@queryParameters('access_token')",
      parameterValueUrl: '/oauth2/token?grant_type=client_credentials',
      parameterValuePathTemplate: '@body().access_token',
      httpMethod: 'POST',
    }),
    plain,
    to('https://api.test/v1/teams/a%20b/items/7?q=one&%24top=5&access_token=t-9'),
  ],
  [
    'setvaluefromurl of a number deep in a list',
    published('setvaluefromurl', {
      parameterTemplate: "@headers('X-Id')",
      parameterValueUrl: 'lists',
      parameterValuePathTemplate: '@body().deep.list[0].id',
    }),
    plain,
    { head: `${start}\nx-id: 4` },
  ],
])('%s', async (_, instance, before, after) => {
  expect(await requestAfter([instance], before)).toEqual(after);
});

const property = (templateId: string, parent: string, sub: string, value: string): JsonObject =>
  published(templateId, {
    newPropertyParentPathTemplate: parent,
    newPropertySubPathTemplate: sub,
    propertyValuePathTemplate: value,
  });
const place = (propertyParentPath: string, propertySubPath: string, newPropertyPath: string): JsonObject => ({
  propertyParentPath,
  propertySubPath,
  newPropertyPath,
});

it.each<[string, JsonObject, JsonValue, JsonValue]>([
  [
    'setproperty below a parent without its @',
    property('setproperty', 'body()', 'gifts', '[{@body().gifts}]'),
    { gifts: { id: 1 }, other: null },
    { gifts: [{ id: 1 }], other: null },
  ],
  [
    'setproperty of a list within a list',
    property('setproperty', '@body().gifts', 'payments', '[{@item().payments}]'),
    { gifts: [{ payments: { amount: 5 } }, { payments: { amount: 6 } }] },
    { gifts: [{ payments: [{ amount: 5 }] }, { payments: [{ amount: 6 }] }] },
  ],
  [
    'setproperty of JSON around a list',
    property('setproperty', '@body()', 'filters', '[{"rules": [{"type": "EVENT", "values": {@body().filters} }] }]'),
    { filters: ['a', 'b'] },
    { filters: [{ rules: [{ type: 'EVENT', values: ['a', 'b'] }] }] },
  ],
  [
    'setproperty of a literal list',
    property('setproperty', '@body()', 'events', '["matter.created"]'),
    { url: 'https://x' },
    { url: 'https://x', events: ['matter.created'] },
  ],
  [
    'SetProperty of a name with a mark, in each element',
    property('SetProperty', '@body().refs', "['@odata.type']", 'graph.externalReference'),
    { refs: [{ a: 1 }, { a: 2, '@odata.type': 'old' }] },
    {
      refs: [
        { a: 1, '@odata.type': 'graph.externalReference' },
        { a: 2, '@odata.type': 'graph.externalReference' },
      ],
    },
  ],
  [
    'SetProperty of a blank and a mark',
    property('SetProperty', '@body().refs', 'previewPriority', ' !'),
    { refs: [{}] },
    { refs: [{ previewPriority: ' !' }] },
  ],
  [
    'setproperty of a link that has another name',
    property('setproperty', '@body()', 'nextLink', '{@body().next}'),
    { next: 'https://api.test/v1/x?page=2', value: [] },
    { next: 'https://api.test/v1/x?page=2', value: [], nextLink: 'https://api.test/v1/x?page=2' },
  ],
  [
    'StringReplace in each element',
    published('StringReplace', {
      ...place('@body().refs', 'link', '@item().link'),
      sourceString: ':',
      replacementString: '%3A',
    }),
    { refs: [{ link: 'https://a:1' }, { link: null }, {}] },
    { refs: [{ link: 'https%3A//a%3A1' }, { link: null }, {}] },
  ],
  [
    'stringreplace that takes a prefix away, of marks that patterns know',
    published('stringreplace', {
      ...place('@body()', 'id', '@body().id'),
      sourceString: '.*(',
      replacementString: '$&',
    }),
    { id: 'a.*(b' },
    { id: 'a$&b' },
  ],
  [
    'ConvertArrayToObject over its own place',
    published('ConvertArrayToObject', {
      ...place('@body()', 'refs', '@body().refs'),
      keyWithinCollectionPath: 'link',
      retainKey: 'false',
    }),
    { refs: [{ link: 'a', alias: 'A' }, { link: 'b' }] },
    { refs: { a: { alias: 'A' }, b: {} } },
  ],
  [
    'ConvertArrayToObject of nothing',
    published('ConvertArrayToObject', {
      ...place('@body()', 'refs', '@body().refs'),
      keyWithinCollectionPath: 'link',
      retainKey: 'false',
    }),
    { other: 1 },
    { other: 1 },
  ],
  [
    'ConvertObjectToArray in each element',
    published('ConvertObjectToArray', { ...place('@body().value', 'who', '@item()._who'), keyName: 'userId' }),
    { value: [{ who: { u1: { at: 1 } } }] },
    { value: [{ who: { u1: { at: 1 } }, _who: [{ userId: 'u1', value: { at: 1 } }] }] },
  ],
  [
    'convertobjecttoarray of the whole body, the sub-path being the word null',
    published('convertobjecttoarray', {
      ...place('@body()', 'null', '@body().Zones'),
      keyName: 'Name',
      valueName: 'Details',
    }),
    { north: { x: 1 }, south: 2 },
    {
      north: { x: 1 },
      south: 2,
      Zones: [
        { Name: 'north', Details: { x: 1 } },
        { Name: 'south', Details: 2 },
      ],
    },
  ],
  [
    'StringToArray by a semicolon',
    published('StringToArray', {
      ...place('@body()', 'who', '@body().who'),
      delimiterList: ';',
      childPropertyName: 'userId',
    }),
    { who: 'u1;u2, u3' },
    { who: [{ userId: 'u1' }, { userId: 'u2, u3' }] },
  ],
  [
    'EncodePropertyValue in each element',
    published('EncodePropertyValue', place('@body().who', 'userId', '@item().userId')),
    { who: [{ userId: 'a@b.c' }, { userId: 7 }] },
    { who: [{ userId: 'a%40b.c' }, { userId: 7 }] },
  ],
  [
    'moveproperties of what one holds to the top',
    published('moveproperties', {
      srcParentPath: '@body()',
      srcSubPath: 'custom',
      dstParentPath: '@body()',
      dstSubPath: 'null',
      copyOnlySubProperties: 'true',
    }),
    { id: 1, custom: { id: 2, color: 'red' } },
    { id: 2, color: 'red' },
  ],
])('%s, before and after', async (_, instance, before, after) => {
  const inSection = (section: string): JsonObject => ({
    ...instance,
    parameters: { ...(instance['parameters'] as JsonObject), 'x-ms-apimTemplate-policySection': section },
  });
  expect(await requestAfter([inSection('Request')], { head: start, body: before })).toEqual({
    head: start,
    body: after,
  });
  expect(answerAfter([inSection('Response')], { head: '200\netag: 1', body: before })).toEqual({
    head: '200\netag: 1',
    body: after,
  });
});

it.each<[string, JsonObject, Message, Message]>([
  [
    'setheader of an answer from the request',
    published(
      'setheader',
      { name: 'Location', value: "https://here.test/@connectionParameters('region')" },
      'Response',
    ),
    { head: '201\nlocation: https://api.test/1', body: { id: 1 } },
    { head: '201\nlocation: https://here.test/eu', body: { id: 1 } },
  ],
  [
    'setheader of a failure',
    published('setheader', { name: 'Retry-After', value: '10', existsAction: 'skip' }, 'Failure'),
    { head: '503', body: null },
    { head: '503\nretry-after: 10', body: null },
  ],
  [
    'updatenextlink below a parent',
    published('updatenextlink', { nextLinkPropertyName: 'nextLink', nextLinkParentPropertyPath: 'paging' }, 'Response'),
    { head: '200', body: { paging: { nextLink: 'https://api.test/v1/teams?$skip=2' }, value: [1] } },
    {
      head: '200',
      body: { paging: { nextLink: 'https://here.test/apim/items/c1/teams?$skip=2' }, value: [1] },
    },
  ],
  [
    'updatenextlink of no link',
    published('updatenextlink', { nextLinkPropertyName: '@odata.nextLink' }, 'Response'),
    { head: '200', body: { '@odata.nextLink': null } },
    { head: '200', body: { '@odata.nextLink': null } },
  ],
])('%s, in an answer', (_, instance, before, after) => {
  expect(answerAfter([instance], before)).toEqual(after);
});

it('pollingtrigger leaves the request of its operation as it is', async () => {
  const instance = {
    ...published('pollingtrigger', {
      triggerConfig: { since: '@{triggerBody().data[0].created_time}' },
      triggerDataPath: '@triggerBody().data',
    }),
    type: 'PollingTrigger',
  };
  expect(await requestAfter([instance], plain)).toEqual(plain);
});

it('takes links apart, renames their marks and keys by them, as a task list does it', async () => {
  const refs = ['%', '.', ':', '@', '#'].map((mark) =>
    published(
      'StringReplace',
      {
        ...place('@body().refs', 'link', '@item().link'),
        sourceString: mark,
        replacementString: `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
      },
      'Request',
    ),
  );
  const byLink = published(
    'ConvertArrayToObject',
    { ...place('@body()', 'refs', '@body().refs'), keyWithinCollectionPath: 'link', retainKey: 'false' },
    'Request',
  );
  const body = { refs: [{ link: 'https://a.test/#x%', alias: 'A' }] };
  expect(await requestAfter([...refs, byLink], { head: start, body })).toEqual({
    head: start,
    body: { refs: { 'https%3A//a%2Etest/%23x%25': { alias: 'A' } } },
  });
});
