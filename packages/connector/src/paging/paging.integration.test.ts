import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JsonObject, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from '../compile.ts';
import { sendConnectionAction } from '../connection-action.ts';
import type { CallOptions } from '../contract.ts';

/** Seven items, in pages of three. */
const all = [1, 2, 3, 4, 5, 6, 7];
const pageSize = 3;
const pageFrom = (start: number) => all.slice(start, start + pageSize);

type Answer = (
  url: URL,
  response: ServerResponse,
  request: IncomingMessage,
) => JsonObject | readonly number[] | undefined;

/** An API with one paged operation, GET /v1/items, and what it was asked. */
async function startApi(extensions: JsonObject, answer: Answer, policies: readonly JsonObject[] = []) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.url} ${request.headers['x-key'] ?? '-'}`);
    const body = answer(new URL(request.url ?? '/', origin), response, request);
    if (body !== undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  const egress = createEgress();
  onTestFinished(async () => {
    await egress.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const operation = (operationId: string) => ({
    operationId,
    ...extensions,
    parameters: ['page', 'offset', 'cursor', 'skip'].map((name) => ({ name, in: 'query', type: 'string' })),
    responses: { default: { description: 'items' } },
  });
  const { model } = readConnector({
    definition: {
      name: 'd',
      content: JSON.stringify({
        swagger: '2.0',
        info: { title: 'Items', version: '1' },
        host,
        basePath: '/v1',
        schemes: ['http'],
        paths: { '/items': { get: operation('ListItems'), post: operation('FindItems') } },
      }),
    },
    properties: { name: 'p', content: JSON.stringify({ properties: { policyTemplateInstances: policies } }) },
  });
  if (model === undefined) throw new Error('not read');
  const connector = compile(model);
  const options: CallOptions = {
    credential: { kind: 'apiKey', in: 'header', name: 'x-key', value: 'k' },
    egress,
    networkRules: { allow: ['loopback'] },
    runtimeUrl: 'https://here.test/apim/items/c1',
  };
  /** Both ways that flows have: by operation, and by method and path. */
  const both = async (minimumItemCount: number | undefined, method = 'GET') => {
    const more = { ...options, ...(minimumItemCount !== undefined && { minimumItemCount }) };
    const called = await connector.operation(method === 'GET' ? 'ListItems' : 'FindItems').call({}, more);
    const asked = seen.splice(0);
    const sent = await sendConnectionAction(connector, { method, path: '/items', queries: {}, headers: {} }, more);
    expect({ status: sent.statusCode, body: sent.body, seen: seen.splice(0) }).toEqual({
      status: called.statusCode,
      body: called.body,
      seen: asked,
    });
    return { status: called.statusCode, body: called.body, seen: asked };
  };
  return { origin, connector, options, seen, both };
}

const numberOf = (url: URL, name: string, otherwise = 0): number => Number(url.searchParams.get(name) ?? otherwise);

/** Pages by a link that `linkTo` makes for where the next page starts. */
const byLink =
  (name: string, linkTo: (skip: number, url: URL) => string): Answer =>
  (url) => {
    const start = numberOf(url, 'skip');
    const more = start + pageSize < all.length;
    return { value: pageFrom(start), ...(more && { [name]: linkTo(start + pageSize, url) }) };
  };

it.each<[string, JsonObject, Answer, JsonObject | readonly number[], readonly string[]]>([
  [
    'the ecosystem’s link, absolute',
    { 'x-ms-pageable': { nextLinkName: '@odata.nextLink' } },
    byLink('@odata.nextLink', (skip, url) => `${url.origin}/v1/items?skip=${skip}&filter=a%20b`),
    { value: all },
    ['/v1/items', '/v1/items?skip=3&filter=a%20b', '/v1/items?skip=6&filter=a%20b'],
  ],
  [
    'a link of a path that the definition does not have',
    { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
    byLink('nextLink', (skip, url) => `${url.origin}/v1/items/more/${skip}?skip=${skip}`),
    { value: all },
    ['/v1/items', '/v1/items/more/3?skip=3', '/v1/items/more/6?skip=6'],
  ],
  [
    'a link that begins at the host',
    { 'x-patchbay-pagination': { style: 'nextLink', next: 'paging.next', items: 'data.rows' } },
    (url) => {
      const start = numberOf(url, 'skip');
      const next = start + pageSize < all.length ? `/v1/items?skip=${start + pageSize}` : null;
      return { data: { rows: pageFrom(start), total: 7 }, paging: { next } };
    },
    { data: { rows: all, total: 7 }, paging: { next: null } },
    ['/v1/items', '/v1/items?skip=3', '/v1/items?skip=6'],
  ],
  [
    'an offset',
    { 'x-patchbay-pagination': { style: 'offset', parameter: 'offset' } },
    (url) => ({ results: pageFrom(numberOf(url, 'offset')), limit: 3 }),
    { results: all, limit: 3 },
    ['/v1/items', '/v1/items?offset=3', '/v1/items?offset=6', '/v1/items?offset=7'],
  ],
  [
    'page numbers, of a bare list',
    { 'x-patchbay-pagination': { style: 'page', parameter: 'page', start: 0 } },
    (url) => pageFrom(numberOf(url, 'page') * pageSize),
    all,
    ['/v1/items', '/v1/items?page=1', '/v1/items?page=2', '/v1/items?page=3'],
  ],
  [
    'a cursor',
    { 'x-patchbay-pagination': { style: 'cursor', parameter: 'cursor', next: 'meta.next', items: 'items' } },
    (url) => {
      const start = Number((url.searchParams.get('cursor') ?? 'c+0').slice(2));
      const meta = start + pageSize < all.length ? { next: `c+${start + pageSize}` } : {};
      return { items: pageFrom(start), other: [], meta };
    },
    { items: all, other: [], meta: {} },
    ['/v1/items', '/v1/items?cursor=c%2B3', '/v1/items?cursor=c%2B6'],
  ],
  [
    'the Link header',
    { 'x-patchbay-pagination': { style: 'linkHeader' } },
    (url, response) => {
      const start = numberOf(url, 'skip');
      const last = `<${url.origin}/v1/items?skip=6>; rel="last"`;
      const next = `<${url.origin}/v1/items?skip=${start + pageSize}>; title="a, b"; rel="next"`;
      response.setHeader('link', start + pageSize < all.length ? `${last}, ${next}` : last);
      return pageFrom(start);
    },
    all,
    ['/v1/items', '/v1/items?skip=3', '/v1/items?skip=6'],
  ],
])('follows %s to the end, with the credential', async (_, extensions, answer, body, targets) => {
  const { both } = await startApi(extensions, answer);
  expect(await both(1000)).toEqual({ status: 200, body, seen: targets.map((target) => `${target} k`) });
});

const pageable = { 'x-ms-pageable': { nextLinkName: 'nextLink' } };
const relative = byLink('nextLink', (skip) => `/v1/items?skip=${skip}`);

it('takes whole pages until there is enough, and leaves the way on in the answer', async () => {
  const { both } = await startApi(pageable, relative);
  expect(await both(4)).toEqual({
    status: 200,
    body: { value: [1, 2, 3, 4, 5, 6], nextLink: '/v1/items?skip=6' },
    seen: ['/v1/items k', '/v1/items?skip=3 k'],
  });
});

it('takes the first page only where nothing else is asked for, or where repeating is not safe', async () => {
  const { both } = await startApi(pageable, relative);
  const first = { status: 200, body: { value: [1, 2, 3], nextLink: '/v1/items?skip=3' }, seen: ['/v1/items k'] };
  expect([await both(undefined), await both(3), await both(100, 'POST')]).toEqual([first, first, first]);
});

it('follows links that a policy leads through the connection', async () => {
  const policy = {
    templateId: 'updatenextlink',
    title: 'Next',
    parameters: {
      'x-ms-apimTemplateParameter.nextLinkPropertyName': 'nextLink',
      'x-ms-apimTemplate-policySection': 'Response',
    },
  };
  const absolute = byLink('nextLink', (skip, url) => `${url.origin}/v1/items?skip=${skip}`);
  const { both } = await startApi(pageable, absolute, [policy]);
  expect(await both(5)).toEqual({
    status: 200,
    body: { value: [1, 2, 3, 4, 5, 6], nextLink: 'https://here.test/apim/items/c1/items?skip=6' },
    seen: ['/v1/items k', '/v1/items?skip=3 k'],
  });
});

it.each([
  'https://elsewhere.test/v1/items?skip=3',
  '//elsewhere.test/v1/items',
  'http://127.0.0.1:1/v1/items',
  'http://user:secret@SELF/v1/items',
  'http://SELF/admin',
  'http://SELF/v1/../admin',
  'http://SELF/v1/%2e%2e/admin',
  'http://SELF/v1/a%252f%252e%252e%252fadmin',
  'http://SELF/v10/items',
  'https://here.test/apim/items/c1x/items',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'http://',
])('does not follow %s', async (link) => {
  const { connector, options, seen } = await startApi(pageable, (url) => ({
    value: [1],
    nextLink: link.replace('SELF', url.host),
  }));
  const more = { ...options, minimumItemCount: 10 };
  await expect(connector.operation('ListItems').call({}, more)).rejects.toMatchObject({ code: 'page-refused' });
  const action = { method: 'GET', path: '/items', queries: {}, headers: {} };
  await expect(sendConnectionAction(connector, action, more)).rejects.toMatchObject({ code: 'page-refused' });
  expect(seen).toEqual(['/v1/items k', '/v1/items k']);
});

it('ends at a page that was asked already', async () => {
  const { both } = await startApi(pageable, () => ({ value: [1], nextLink: '/v1/items?skip=3' }));
  expect(await both(100)).toEqual({
    status: 200,
    body: { value: [1, 1], nextLink: '/v1/items?skip=3' },
    seen: ['/v1/items k', '/v1/items?skip=3 k'],
  });
});

it('ends at the most pages that are taken of one call', async () => {
  const endless: Answer = (url) => {
    const page = numberOf(url, 'skip') + 1;
    return { value: [], nextLink: `/v1/items?skip=${page}` };
  };
  const { connector, options, seen } = await startApi(pageable, endless);
  await connector.operation('ListItems').call({}, { ...options, minimumItemCount: 1 });
  expect(seen.length).toBe(1000);
});

it('answers with a page that failed', async () => {
  const { both } = await startApi(pageable, (url, response) => {
    if (numberOf(url, 'skip') === 0) return { value: [1], nextLink: '/v1/items?skip=3' };
    response.statusCode = 429;
    return { error: 'slow down' };
  });
  expect(await both(100)).toEqual({
    status: 429,
    body: { error: 'slow down' },
    seen: ['/v1/items k', '/v1/items?skip=3 k'],
  });
});

it('gives pages one by one, and asks for none that is not taken', async () => {
  const { connector, options, seen } = await startApi(pageable, relative);
  const bodies: unknown[] = [];
  for await (const { body } of connector.operation('ListItems').pages({}, options)) {
    bodies.push(body);
    if (bodies.length === 2) break;
  }
  expect({ bodies, seen }).toEqual({
    bodies: [
      { value: [1, 2, 3], nextLink: '/v1/items?skip=3' },
      { value: [4, 5, 6], nextLink: '/v1/items?skip=6' },
    ],
    seen: ['/v1/items k', '/v1/items?skip=3 k'],
  });
});

it.each<JsonObject>([
  {},
  { 'x-ms-pageable': {} },
  { 'x-ms-pageable': { nextLinkName: null } },
  { 'x-patchbay-pagination': { style: 'spiral' } },
  { 'x-patchbay-pagination': { style: 'cursor', parameter: 'cursor' } },
  { 'x-patchbay-pagination': { style: 'offset' } },
])('takes one page where %j says no more', async (extensions) => {
  const { both } = await startApi(extensions, relative);
  expect((await both(100)).seen).toEqual(['/v1/items k']);
});

it('does not send a key twice that a link repeats', async () => {
  const linkWithKey = byLink('nextLink', (skip) => `/v1/items?skip=${skip}&key=stale`);
  const { connector, options, seen } = await startApi(pageable, linkWithKey);
  const credential = { kind: 'apiKey', in: 'query', name: 'key', value: 'q' } as const;
  await connector.operation('ListItems').call({}, { ...options, credential, minimumItemCount: 4 });
  expect(seen).toEqual(['/v1/items?key=q -', '/v1/items?skip=3&key=q -']);
});
