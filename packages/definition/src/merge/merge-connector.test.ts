import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../model.ts';
import { mergeConnector } from './merge-connector.ts';
import { isSame } from './merge-json.ts';

const imported: JsonObject = {
  swagger: '2.0',
  info: { title: 'Loans', version: '1' },
  paths: {
    '/loans': {
      get: {
        operationId: 'ListLoans',
        summary: 'list',
        parameters: [
          { name: 'page', in: 'query', type: 'integer' },
          { name: 'sort', in: 'query', type: 'string' },
        ],
        responses: { 200: { description: 'Good' } },
      },
    },
  },
};

type Edit = (document: JsonObject) => JsonObject;

/** Changes a value deep in a document; `undefined` removes it. */
function at(path: readonly (string | number)[], change: (value: JsonValue | undefined) => JsonValue | undefined): Edit {
  const [name, ...rest] = path;
  return (document) => {
    if (name === undefined) return (change(document) ?? {}) as JsonObject;
    const copy: Record<string, JsonValue> = { ...document };
    const inner = copy[String(name)];
    const next =
      rest.length === 0
        ? change(inner)
        : Array.isArray(inner)
          ? inner.map((item: JsonValue, index) =>
              index === rest[0] ? at(rest.slice(1), change)(item as JsonObject) : item,
            )
          : at(rest, change)((inner ?? {}) as JsonObject);
    if (next === undefined) delete copy[String(name)];
    else copy[String(name)] = next;
    return copy;
  };
}

const set = (path: readonly (string | number)[], value: JsonValue | undefined): Edit => at(path, () => value);
const operation = ['paths', '/loans', 'get'] as const;

function merge(mine: readonly Edit[], theirs: readonly Edit[]) {
  const apply = (edits: readonly Edit[]): JsonObject => edits.reduce((document, edit) => edit(document), imported);
  return mergeConnector(
    { definition: imported, properties: {} },
    { definition: apply(mine), properties: {} },
    { definition: apply(theirs), properties: {} },
  );
}

it('keeps the edits of the maker and takes what changed in the description', () => {
  const { definition, conflicts } = merge(
    [set([...operation, 'summary'], 'List loans'), set([...operation, 'parameters', 0, 'x-ms-summary'], 'Page')],
    [
      set([...operation, 'description'], 'Lists every loan.'),
      at([...operation, 'parameters'], (list) => [
        { name: 'branch', in: 'query', type: 'string' },
        ...(list as readonly JsonValue[]),
      ]),
      set(['info', 'version'], '2'),
    ],
  );
  expect(conflicts).toEqual([]);
  expect(definition['info']).toEqual({ title: 'Loans', version: '2' });
  expect(definition['paths']).toEqual({
    '/loans': {
      get: {
        operationId: 'ListLoans',
        summary: 'List loans',
        parameters: [
          { name: 'branch', in: 'query', type: 'string' },
          { name: 'page', in: 'query', type: 'integer', 'x-ms-summary': 'Page' },
          { name: 'sort', in: 'query', type: 'string' },
        ],
        responses: { 200: { description: 'Good' } },
        description: 'Lists every loan.',
      },
    },
  });
});

it('lists what changed on both sides, and the edit stays', () => {
  const { definition, conflicts } = merge(
    [set([...operation, 'summary'], 'List loans')],
    [set([...operation, 'summary'], 'All loans')],
  );
  expect(conflicts).toEqual([
    {
      document: 'definition',
      kind: 'both-changed',
      pointer: '/paths/~1loans/get/summary',
      base: 'list',
      mine: 'List loans',
      theirs: 'All loans',
      kept: 'mine',
    },
  ]);
  expect(definition).toEqual(set([...operation, 'summary'], 'List loans')(imported));
});

it('never drops an edited operation that the description has no more', () => {
  const { definition, conflicts } = merge([set([...operation, 'summary'], 'List loans')], [set(['paths'], {})]);
  expect(conflicts.map(({ kind, pointer, kept }) => [kind, pointer, kept])).toEqual([
    ['edited-but-removed', '/paths/~1loans', 'mine'],
  ]);
  expect(definition['paths']).toEqual(set([...operation, 'summary'], 'List loans')(imported)['paths']);
});

it('lets go what the description has no more and nobody edited', () => {
  const { definition, conflicts } = merge(
    [set(['info', 'title'], 'Our loans')],
    [at([...operation, 'parameters'], (list) => (list as readonly JsonValue[]).slice(0, 1))],
  );
  expect(conflicts).toEqual([]);
  expect(definition['info']).toEqual({ title: 'Our loans', version: '1' });
  expect((definition['paths'] as JsonObject)['/loans']).toEqual({
    get: {
      operationId: 'ListLoans',
      summary: 'list',
      parameters: [{ name: 'page', in: 'query', type: 'integer' }],
      responses: { 200: { description: 'Good' } },
    },
  });
});

it('tells of what the maker removed and the description changed', () => {
  const { conflicts } = merge(
    [set([...operation, 'summary'], undefined)],
    [set([...operation, 'summary'], 'All loans')],
  );
  expect(conflicts).toMatchObject([
    { kind: 'removed-but-edited', pointer: '/paths/~1loans/get/summary', kept: 'theirs' },
  ]);
});

it('keeps operations that the maker added, also at a new path, and triggers', () => {
  const trigger = { operationId: 'WhenLent', 'x-ms-trigger': 'batch', responses: { 200: { description: '' } } };
  const { definition, conflicts } = merge(
    [
      set(['paths', '/loans/new'], { get: trigger }),
      set(['paths', '/loans', 'post'], { ...trigger, operationId: 'Lend' }),
    ],
    [set(['paths', '/books'], { get: { operationId: 'ListBooks', responses: {} } })],
  );
  expect(conflicts).toEqual([]);
  expect(Object.keys(definition['paths'] as JsonObject)).toEqual(['/loans', '/loans/new', '/books']);
  expect(Object.keys((definition['paths'] as { readonly '/loans': object })['/loans'])).toEqual(['get', 'post']);
});

it('takes edits along when an operation moves to another path', () => {
  const { definition, conflicts, moved } = merge(
    [set([...operation, 'summary'], 'List loans')],
    [at(['paths'], (paths) => ({ '/v2/loans': (paths as JsonObject)['/loans'] ?? null }))],
  );
  expect(moved).toEqual([{ operationId: 'ListLoans', from: 'GET /loans', to: 'GET /v2/loans' }]);
  expect(conflicts).toEqual([]);
  const { get } = (imported['paths'] as { readonly '/loans': { readonly get: JsonObject } })['/loans'];
  expect(definition['paths']).toEqual({ '/v2/loans': { get: { ...get, summary: 'List loans' } } });
});

it('merges properties by policy, connection parameter and capability', () => {
  const base = { properties: { capabilities: [], connectionParameters: { api_key: { type: 'securestring' } } } };
  const { properties, conflicts } = mergeConnector(
    { definition: imported, properties: base },
    {
      definition: imported,
      properties: { properties: { ...base.properties, iconBrandColor: '#da3b01', capabilities: ['actions'] } },
    },
    {
      definition: imported,
      properties: { properties: { ...base.properties, capabilities: ['triggers'] } },
    },
  );
  expect(conflicts).toEqual([]);
  expect(properties).toEqual({
    properties: {
      capabilities: ['actions', 'triggers'],
      connectionParameters: { api_key: { type: 'securestring' } },
      iconBrandColor: '#da3b01',
    },
  });
});

it('gives one side as it is when only that one changed, whatever the documents', () => {
  const documents = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
  fc.assert(
    fc.property(documents, documents, (one, other) => {
      const [base, changed] = [
        { definition: one as JsonObject, properties: {} },
        { definition: other as JsonObject, properties: {} },
      ];
      const mine = mergeConnector(base, changed, base);
      const theirs = mergeConnector(base, base, changed);
      expect([mine.conflicts, theirs.conflicts]).toEqual([[], []]);
      expect(isSame(mine.definition, changed.definition)).toBe(true);
      expect(isSame(theirs.definition, changed.definition)).toBe(true);
    }),
    { seed: 21, numRuns: 500 },
  );
});
