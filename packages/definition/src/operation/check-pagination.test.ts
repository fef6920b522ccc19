import { expect, it } from 'vitest';
import type { JsonValue } from '../model.ts';
import { readConnector } from '../read-connector.ts';

function findingsOf(pagination: JsonValue, version: 'swagger2' | 'openapi3'): readonly string[] {
  const get = {
    operationId: 'List',
    'x-patchbay-pagination': pagination,
    responses: { 200: { description: 'Good' } },
  };
  const head =
    version === 'swagger2'
      ? { swagger: '2.0', host: 'a.test' }
      : { openapi: '3.0.3', servers: [{ url: 'https://a.test' }] };
  const document = { ...head, info: { title: 'T', version: '1' }, paths: { '/list': { get } } };
  const { findings } = readConnector({ definition: { name: 'def.json', content: JSON.stringify(document) } });
  return findings
    .filter(({ code }) => code === 'pagination-not-valid')
    .map(({ message, pointer }) => `${pointer} ${message}`);
}

it.each<readonly [JsonValue]>([
  [{ style: 'linkHeader' }],
  [{ style: 'nextLink', next: 'paging.next', items: 'data' }],
  [{ style: 'cursor', parameter: 'after', next: 'meta.cursor' }],
  [{ style: 'page', parameter: 'page', start: 0 }],
  [{ style: 'offset', parameter: 'offset' }],
])('takes a pagination that can be followed: %j', (pagination) => {
  expect([...findingsOf(pagination, 'swagger2'), ...findingsOf(pagination, 'openapi3')]).toEqual([]);
});

it.each<readonly [JsonValue, string]>([
  ['cursor', 'it should be an object'],
  [{}, '"style" should be one of linkHeader, nextLink, cursor, page, offset'],
  [{ style: 'pages', parameter: 'page' }, '"style" should be one of'],
  [{ style: 'nextLink' }, 'the style nextLink needs "next" as text'],
  [{ style: 'cursor', next: 'meta.cursor' }, 'the style cursor needs "parameter" as text'],
  [{ style: 'page', parameter: 7 }, 'the style page needs "parameter" as text'],
  [{ style: 'linkHeader', items: ['data'] }, '"items" should be text'],
  [{ style: 'offset', parameter: 'skip', start: '0' }, '"start" should be a whole number'],
])('says why a pagination cannot be followed: %j', (pagination, problem) => {
  for (const version of ['swagger2', 'openapi3'] as const) {
    const [finding, ...others] = findingsOf(pagination, version);
    expect(others).toEqual([]);
    expect(finding).toContain('/paths/~1list/get/x-patchbay-pagination List: x-patchbay-pagination cannot be used: ');
    expect(finding).toContain(problem);
  }
});
